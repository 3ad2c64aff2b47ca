package dev.qudag.node.hub;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.node.disk.VolumeReserve;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.HubWorkspace;
import dev.qudag.node.hub.book.ProposalSource;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.book.WorkspaceBook;
import dev.qudag.node.hub.upstream.Following;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.RejectedChange;
import dev.qudag.proto.RevertOfCommit;
import dev.qudag.proto.UpstreamOffer;
import dev.qudag.proto.UpstreamState;
import dev.qudag.proto.WorkspaceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the hub's state down as the operator reads it. */
final class HubStates {
  /** Proposals at an end that are still told of; the journal keeps all. */
  private static final int HISTORY = 200;

  private static final long MIB = 1 << 20;

  private final Hub hub;

  HubStates(Hub hub) {
    this.hub = hub;
  }

  HubState now() {
    var chain = hub.chain().state();
    var state =
        HubState.newBuilder()
            .setChainId(bytes(chain.chainId()))
            .setBranch(hub.repository().branch().full())
            .setHead(hub.repository().head().hex())
            .setHeight(chain.height())
            .setPolicyDigest(bytes(chain.policyDigest()))
            .setPolicyChanges(chain.policyChanges())
            .setEpoch(chain.set().epoch())
            .setReverts(chain.reverts(hub.repository().branch().full()))
            .setStalledReason(hub.stall().reason())
            .setStalledMessage(hub.stall().message());
    if (hub.reserve().isInUse()) {
      state.setRefusingReason(VolumeReserve.REASON).setRefusingMessage(isFull(hub.reserve()));
    }
    hub.following().ifPresent(following -> state.setUpstream(upstream(following)));
    state.setUnsigned(hub.unsigned().orElse(""));
    hub.rejectedChanges().forEach((change, why) -> state.addRejectedChanges(rejected(change, why)));
    List<HubProposal> all = hub.proposals().all();
    long ended = all.stream().filter(proposal -> proposal.standing().isEnd()).count();
    long skip = Math.max(0, ended - HISTORY);
    for (HubProposal proposal : all) {
      if (!proposal.standing().isEnd() || --skip < 0) {
        state.addProposals(proposal(proposal));
      }
    }
    Map<String, HubProposal> newest = hub.proposals().newest();
    hub.workspaces()
        .all()
        .forEach(
            workspace ->
                state.addWorkspaces(
                    workspace(workspace, Optional.ofNullable(newest.get(workspace.uid())))));
    return state.build();
  }

  private static String isFull(VolumeReserve reserve) {
    return "The hub's volume has %d MiB free, and %d MiB are kept for what was accepted before: no proposal is taken until there is more. Enlarge the hub's PersistentVolumeClaim"
        .formatted(reserve.free() / MIB, reserve.bytes() / MIB);
  }

  private UpstreamState upstream(Following following) {
    var state = UpstreamState.newBuilder();
    hub.obstacle().ifPresent(why -> state.setReason(why.reason()).setMessage(why.message()));
    following
        .offered()
        .ifPresent(
            offer ->
                state.setOffer(
                    UpstreamOffer.newBuilder()
                        .setBase(offer.base().hex())
                        .setCommit(offer.commit().hex())
                        .setHubSignature(ByteString.copyFrom(offer.hubSignature().toArray()))));
    return state.build();
  }

  private static RejectedChange rejected(Digest change, String reasons) {
    return RejectedChange.newBuilder().setChangeDigest(bytes(change)).setReasons(reasons).build();
  }

  /** What is news about a state to whoever knows another. */
  static HubState withoutHeartbeats(HubState state) {
    HubState.Builder bare = state.toBuilder();
    bare.getWorkspacesBuilderList().forEach(WorkspaceState.Builder::clearLastHeartbeatMs);
    return bare.build();
  }

  /** The same before anybody has judged what is being decided. */
  static HubState withoutVotes(HubState state) {
    HubState.Builder bare = state.toBuilder();
    bare.getProposalsBuilderList()
        .forEach(proposal -> proposal.clearApprovals().clearRejections().clearRequired());
    return bare.build();
  }

  private Proposal proposal(HubProposal proposal) {
    var state =
        said(proposal.source())
            .setName(proposal.name())
            .setAcceptedAtMs(proposal.acceptedAtMillis())
            .setState(stateOf(proposal.standing()))
            .addAllDependsOn(proposal.dependsOn())
            .setPriority(proposal.priority())
            .setAlone(proposal.isAlone());
    switch (proposal.standing()) {
      case Standing.Open _ -> {}
      case Standing.Deciding deciding -> decision(state, deciding);
      case Standing.Stale stale -> decision(state, stale.was());
      case Standing.Landed landed ->
          decision(state, landed.was())
              .setMergedCommit(landed.was().commit().hex())
              .setCertificateDigest(bytes(landed.certificate()))
              .setApprovals(landed.approvals())
              .setLandedHeight(landed.height())
              .setLandedAtMs(landed.landedAtMillis());
      case Standing.Closed closed -> state.setReason(closed.reason()).setMessage(closed.message());
    }
    return state.build();
  }

  private static Proposal.Builder said(ProposalSource source) {
    return switch (source) {
      case ProposalSource.Change change -> said(change.author());
      case ProposalSource.Revert revert -> said(revert.wanted());
    };
  }

  private static Proposal.Builder said(AuthorStatement author) {
    return Proposal.newBuilder()
        .setWorkspaceUid(author.workspaceUid())
        .setWorkspaceName(author.workspaceName())
        .setCommit(author.commit())
        .setBranch(author.branch())
        .setTitle(author.title())
        .setAuthor(author.agent());
  }

  private static Proposal.Builder said(RevertOrder order) {
    return Proposal.newBuilder()
        .setCommit(order.commit())
        .setBranch(order.branch())
        .setTitle(order.reason())
        .setAuthor(order.person())
        .setRevert(
            RevertOfCommit.newBuilder()
                .setSequence(order.sequence())
                .setOrderedAtMs(order.timeMillis()));
  }

  private Proposal.Builder decision(Proposal.Builder state, Standing.Deciding deciding) {
    Tallies.Tally tally = hub.tallies().of(deciding.decision());
    return state
        .setDecisionDigest(bytes(deciding.decision()))
        .setDecisionCommit(deciding.commit().hex())
        .setDecisionBase(deciding.base().hex())
        .setDecidedAtMs(deciding.decidedAtMillis())
        .setApprovals(tally.approvals())
        .setRejections(tally.rejections())
        .setRequired(tally.required());
  }

  static ProposalState stateOf(Standing standing) {
    return switch (standing) {
      case Standing.Open _ -> ProposalState.OPEN;
      case Standing.Deciding _ -> ProposalState.DECIDING;
      case Standing.Stale _ -> ProposalState.STALE;
      case Standing.Landed _ -> ProposalState.LANDED;
      case Standing.Closed _ -> ProposalState.CLOSED;
    };
  }

  private WorkspaceState workspace(HubWorkspace workspace, Optional<HubProposal> newest) {
    WorkspaceBook.Beat beat = hub.workspaces().beat(workspace.uid());
    Optional<HubProposal.Submission> kept = workspace.candidate().submission();
    Whereabouts last = Whereabouts.of(beat, kept, newest);
    var state =
        WorkspaceState.newBuilder()
            .setUid(workspace.uid())
            .setName(workspace.name())
            .setRevision(last.revision())
            .setAhead(last.ahead())
            .setBehind(beat.behind())
            .addAllRefusedFiles(beat.refusedFiles())
            .addAllConflicts(beat.conflicts())
            .setLastHeartbeatMs(beat.atMillis())
            .setHandoverPodUid(workspace.handoverPodUid());
    kept.ifPresent(
        candidate ->
            state
                .setCandidateCommit(candidate.statement().commit())
                .setCandidateProposal(candidate.statement().proposal()));
    return state.build();
  }

  private static ByteString bytes(Digest digest) {
    return ByteString.copyFrom(digest.bytes());
  }
}
