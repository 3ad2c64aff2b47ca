package dev.qudag.operator.proposal;

import com.google.protobuf.ByteString;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.batch.Merged;
import dev.qudag.operator.proposal.state.CheckResults;
import dev.qudag.operator.proposal.state.Effect;
import dev.qudag.operator.proposal.state.ProposalObservation;
import dev.qudag.operator.proposal.state.ProposalReason;
import dev.qudag.proto.CheckVerdict;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.DecideRequest;
import dev.qudag.proto.ProposeCandidateRequest;
import dev.qudag.proto.ProposeCandidateResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Does what a transition asks for. Everything here may be repeated. */
final class ProposalEffects {
  /** Merges one after the other, each onto the one before it, as far as that goes. */
  List<Merged> merge(Hub hub, Effect.Analyze asked) {
    List<Merged> merged = new ArrayList<>();
    String onto = asked.base();
    for (String member : asked.members()) {
      var next = new Merged(member, hub.analyze(member, onto));
      if (!next.isClean() && !merged.isEmpty()) {
        return merged;
      }
      merged.add(next);
      if (!next.isClean()) {
        return merged;
      }
      onto = next.analysis().getCommit();
    }
    return merged;
  }

  /** Makes the decision of exactly what was built and checked. */
  void decide(Hub hub, ProposalObservation seen, Effect.Decide what) {
    var request =
        DecideRequest.newBuilder()
            .setProposal(what.members().getFirst())
            .addAllTogether(what.members().subList(1, what.members().size()))
            .setBase(what.base())
            .setCommit(what.commit());
    for (SwarmSpec.Check demanded : seen.policyChecks()) {
      CheckResults.find(what.results(), demanded, what.tree())
          .filter(result -> result.result() != Result.Skipped)
          .ifPresent(result -> request.addChecks(verdict(demanded, result)));
    }
    Digest unused = hub.decide(request.build());
  }

  /** The log that the decision names is the one that the status shows. */
  private static CheckVerdict verdict(SwarmSpec.Check demanded, Check result) {
    String log = result.log() == null ? "" : result.log();
    return CheckVerdict.newBuilder()
        .setName(demanded.name())
        .setSpecDigest(ByteString.copyFrom(ChainPolicy.of(demanded).digest().bytes()))
        .setImage(result.image())
        .setTree(result.tree())
        .setPassed(true)
        .setLogDigest(
            ByteString.copyFrom(Digest.sha256(log.getBytes(StandardCharsets.UTF_8)).bytes()))
        .build();
  }

  void close(Hub hub, ProposalObservation seen, ProposalReason reason, String message) {
    byte[] feedback = ProposalFeedback.of(seen.name(), seen.progress(), reason, message);
    var unused =
        hub.close(
            CloseRequest.newBuilder()
                .setProposal(seen.name())
                .setReason(reason.name())
                .setMessage(message)
                .setFeedback(ByteString.copyFrom(feedback))
                .setWorkspaceUid(seen.announced().map(said -> said.getWorkspaceUid()).orElse(""))
                .build());
  }

  ProposeCandidateResponse proposeCandidate(
      Hub hub, ProposalObservation seen, String workspaceUid) {
    var spec = seen.proposal().getSpec();
    return hub.proposeCandidate(
        ProposeCandidateRequest.newBuilder()
            .setProposal(seen.name())
            .setWorkspaceUid(workspaceUid)
            .setCommit(spec.source().revision())
            .setBranch("refs/heads/" + spec.targetBranch())
            .setTitle(spec.title() == null ? "" : spec.title())
            .build());
  }
}
