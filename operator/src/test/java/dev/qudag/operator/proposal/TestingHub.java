package dev.qudag.operator.proposal;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.policy.CheckSpec;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.HubChange;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.node.UnaskedHub;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.CloseResponse;
import dev.qudag.proto.DecideRequest;
import dev.qudag.proto.HubState;
import dev.qudag.proto.OrderRevertResponse;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.ProposeCandidateRequest;
import dev.qudag.proto.ProposeCandidateResponse;
import dev.qudag.proto.RevertOfCommit;
import dev.qudag.proto.WorkspaceState;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A hub in memory for one swarm: merges by appending names, refuses what the real one refuses. */
final class TestingHub implements UnaskedHub, Hubs {
  static final String HEAD = commit("head");

  private final List<Consumer<HubChange>> listeners = new CopyOnWriteArrayList<>();
  private final SwarmKey swarm;
  private final Genesis genesis;
  private final Map<String, Proposal> proposals = new LinkedHashMap<>();
  private Digest policy;
  final Map<String, String> conflicts = new LinkedHashMap<>();

  /** By proposal, where lines merge. */
  final Map<String, String> symbols = new LinkedHashMap<>();

  final List<CheckSpec> unneeded = new ArrayList<>();

  /** Whose changes need all checks, whatever is unneeded. */
  final List<String> needed = new ArrayList<>();

  final List<CloseRequest> closed = new ArrayList<>();
  final List<DecideRequest> decided = new ArrayList<>();
  private final Map<String, String> candidates = new LinkedHashMap<>();
  private final List<String> ends = new ArrayList<>();
  final List<RevertOrder> orders = new ArrayList<>();
  private long reverts;
  private String head = HEAD;
  private String method = "";

  TestingHub(SwarmKey swarm, Policy policy) {
    this.swarm = swarm;
    this.policy = policy.digest();
    var operator = NodeIdentity.generate();
    var hub = NodeIdentity.generate();
    var member = NodeIdentity.generate();
    this.genesis =
        new Genesis(
            Bytes.of(new byte[32]),
            swarm.name(),
            "refs/heads/main",
            HEAD,
            new OperatorIdentity(operator.verifyingKey(), operator.tlsFingerprint()),
            new HubMember(swarm.hubName(), hub.verifyingKey(), hub.tlsFingerprint()),
            List.of(
                new Member(
                    0, swarm.validatorName(0), member.verifyingKey(), member.tlsFingerprint(), 1)),
            policy,
            500);
  }

  /** The validators put another policy in force. */
  synchronized void policy(Policy next) {
    policy = next.digest();
  }

  /** What merges comes to the same trees, as other commits. */
  synchronized void landBy(String other) {
    method = other;
  }

  /** Some 40 hex digits. */
  static String commit(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 40);
  }

  synchronized void accept(String name, long at) {
    proposals.put(
        name,
        Proposal.newBuilder()
            .setName(name)
            .setWorkspaceUid("uid-of-" + name)
            .setWorkspaceName("w")
            .setCommit(commit(name))
            .setBranch("refs/heads/main")
            .setTitle("Change " + name)
            .setAuthor("ada")
            .setAcceptedAtMs(at)
            .setState(ProposalState.OPEN)
            .build());
    told();
  }

  /** The validators approve, and the branch moves; what is in the same decision lands, too. */
  synchronized void land(String name) {
    Proposal first = proposals.get(name);
    List<String> members =
        proposals.values().stream()
            .filter(p -> p.getState() == ProposalState.DECIDING)
            .filter(p -> p.getDecisionDigest().equals(first.getDecisionDigest()))
            .map(Proposal::getName)
            .toList();
    if (members.size() < 2) {
      land(name, first.getDecisionBase(), first.getDecisionCommit());
    }
    String at = first.getDecisionBase();
    for (String member : members.size() < 2 ? List.<String>of() : members) {
      String commit = commit(at + member);
      land(member, at, commit);
      at = commit;
    }
    head = first.getDecisionCommit();
    told();
  }

  private void land(String name, String base, String commit) {
    change(
        name,
        p ->
            p.setState(ProposalState.LANDED)
                .setDecisionBase(base)
                .setMergedCommit(commit)
                .setApprovals(1)
                .setLandedHeight(1)
                .setLandedAtMs(9)
                .setCertificateDigest(ByteString.copyFrom(new byte[32])));
    reverts += proposals.get(name).hasRevert() ? 1 : 0;
    ends.add(name);
  }

  /** The validators reject what was decided together: each is open again, for itself. */
  synchronized void part(String name) {
    var decision = proposals.get(name).getDecisionDigest();
    proposals.replaceAll(
        (_, p) ->
            p.getDecisionDigest().equals(decision)
                ? p.toBuilder().setState(ProposalState.STALE).setAlone(true).build()
                : p);
    told();
  }

  /** Something else landed while the validators judged it: its decision is for an older head. */
  synchronized void overtake(String name) {
    head = commit("instead of " + name);
    change(name, p -> p.setState(ProposalState.STALE));
    told();
  }

  /** It tells of it no more, as after the loss of its volume. */
  synchronized void forget(String name) {
    proposals.remove(name);
    told();
  }

  private void change(String name, UnaryOperator<Proposal.Builder> change) {
    proposals.computeIfPresent(name, (_, p) -> change.apply(p.toBuilder()).build());
  }

  /** The operator is gone, and with it whoever listened. */
  void disconnected() {
    listeners.clear();
  }

  /** An operator has come, and is told all. */
  void connected() {
    told();
  }

  /** A workspace leaves a commit that nobody proposed. */
  synchronized void leave(String name) {
    candidates.put(name, commit(name));
    told();
  }

  /** How many times it landed or was closed. */
  synchronized long ends(String name) {
    return ends.stream().filter(name::equals).count();
  }

  private void told() {
    listeners.forEach(listener -> listener.accept(HubChange.ofConnection(swarm)));
  }

  private static WorkspaceState workspace(Map.Entry<String, String> candidate) {
    return WorkspaceState.newBuilder()
        .setName("w")
        .setUid("uid-of-" + candidate.getKey())
        .setCandidateCommit(candidate.getValue())
        .setCandidateProposal(candidate.getKey())
        .build();
  }

  synchronized Proposal proposal(String name) {
    return proposals.get(name);
  }

  @Override
  public Optional<Hub> hub(SwarmKey key) {
    return Optional.of(this);
  }

  @Override
  public synchronized Optional<HubState> state(SwarmKey key) {
    return Optional.of(
        HubState.newBuilder()
            .setBranch("refs/heads/main")
            .setHead(head)
            .setReverts(reverts)
            .setPolicyDigest(ByteString.copyFrom(policy.bytes()))
            .addAllProposals(proposals.values())
            .addAllWorkspaces(candidates.entrySet().stream().map(TestingHub::workspace).toList())
            .build());
  }

  @Override
  public boolean isConnected(SwarmKey key) {
    return true;
  }

  @Override
  public void onChange(Consumer<HubChange> listener) {
    listeners.add(listener);
  }

  @Override
  public Genesis genesis() {
    return genesis;
  }

  @Override
  public synchronized Analysis analyze(String proposal, String base) {
    var analysis = Analysis.newBuilder().setBase(base);
    if (symbols.containsKey(proposal)) {
      return analysis
          .setCategory("Semantic")
          .setConflictFiles(1)
          .addConflictPaths("src/A.java")
          .addConflictSymbols(symbols.get(proposal))
          .build();
    }
    return conflicts.containsKey(proposal)
        ? analysis
            .setCategory("Complex")
            .setConflictFiles(1)
            .addConflictPaths(conflicts.get(proposal))
            .build()
        : analysis
            .setCategory("None")
            .setTree(commit("tree" + base + proposal))
            .setCommit(commit(base + proposal + method))
            .addAllUnneededChecks(
                unneeded.stream()
                    .filter(_ -> !needed.contains(proposal))
                    .map(s -> ByteString.copyFrom(s.digest().bytes()))
                    .toList())
            .build();
  }

  @Override
  public String issueTreeToken(String tree, String job) {
    return "token-of-" + job;
  }

  @Override
  public synchronized Digest decide(DecideRequest request) {
    if (!request.getBase().equals(head)) {
      throw Status.FAILED_PRECONDITION.withDescription("the head has moved").asRuntimeException();
    }
    String last = commit(head + request.getProposal() + method);
    for (String name : request.getTogetherList()) {
      last = commit(last + name + method);
    }
    if (!request.getCommit().equals(last)) {
      throw Status.FAILED_PRECONDITION
          .withDescription("OtherCommit: it is made otherwise")
          .asRuntimeException();
    }
    decided.add(request);
    var digest = Digest.sha256(request.toByteArray());
    Stream.concat(Stream.of(request.getProposal()), request.getTogetherList().stream())
        .forEach(
            name ->
                change(
                    name,
                    p ->
                        p.setState(ProposalState.DECIDING)
                            .setDecisionBase(request.getBase())
                            .setDecisionCommit(request.getCommit())
                            .setDecisionDigest(ByteString.copyFrom(digest.bytes()))
                            .setRequired(1)
                            .setDecidedAtMs(8)));
    told();
    return digest;
  }

  @Override
  public synchronized CloseResponse close(CloseRequest request) {
    closed.add(request);
    if (proposals.get(request.getProposal()).getState() != ProposalState.CLOSED) {
      ends.add(request.getProposal());
    }
    change(
        request.getProposal(),
        p ->
            p.setState(ProposalState.CLOSED)
                .setReason(request.getReason())
                .setMessage(request.getMessage()));
    told();
    return CloseResponse.getDefaultInstance();
  }

  @Override
  public synchronized ProposeCandidateResponse proposeCandidate(ProposeCandidateRequest request) {
    if (!request.getCommit().equals(candidates.remove(request.getProposal()))) {
      return ProposeCandidateResponse.newBuilder().setRefusedReason("UnknownRevision").build();
    }
    accept(request.getProposal(), 1);
    return ProposeCandidateResponse.getDefaultInstance();
  }

  /** As the real one: what has landed, once for each sequence, and again when asked for later. */
  @Override
  public synchronized OrderRevertResponse orderRevert(RevertOrder.Signed signed) {
    RevertOrder order = signed.order();
    orders.add(order);
    if (order.sequence() != reverts) {
      throw Status.FAILED_PRECONDITION.withDescription("StaleOrder").asRuntimeException();
    }
    if (proposals.values().stream().noneMatch(p -> p.getMergedCommit().equals(order.commit()))) {
      return OrderRevertResponse.newBuilder()
          .setRefusedReason("NotLanded")
          .setRefusedMessage("no decision brought it")
          .build();
    }
    proposals.merge(order.proposal(), opened(order), TestingHub::later);
    told();
    return OrderRevertResponse.getDefaultInstance();
  }

  private static Proposal opened(RevertOrder order) {
    return Proposal.newBuilder()
        .setName(order.proposal())
        .setCommit(order.commit())
        .setBranch(order.branch())
        .setTitle(order.reason())
        .setAuthor(order.person())
        .setAcceptedAtMs(order.timeMillis())
        .setState(ProposalState.OPEN)
        .setRevert(
            RevertOfCommit.newBuilder()
                .setSequence(order.sequence())
                .setOrderedAtMs(order.timeMillis()))
        .build();
  }

  private static Proposal later(Proposal known, Proposal asked) {
    return switch (known.getState()) {
      case OPEN, STALE -> known.toBuilder().setRevert(asked.getRevert()).build();
      case CLOSED ->
          known.getRevert().getOrderedAtMs() < asked.getRevert().getOrderedAtMs() ? asked : known;
      case DECIDING, LANDED, PROPOSAL_STATE_UNSPECIFIED, UNRECOGNIZED -> known;
    };
  }
}
