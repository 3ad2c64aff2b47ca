package dev.qudag.node.validator;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.chain.Applied;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.identity.NodeStore;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.ChainStatus;
import dev.qudag.proto.ChainStatusRequest;
import dev.qudag.proto.FinalizedBlock;
import dev.qudag.proto.FollowRequest;
import dev.qudag.proto.SubmitRequest;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A hub's repository and its validators in one process, over real gRPC, TLS, disks and git. */
final class TestingSwarm implements AutoCloseable {
  final Genesis genesis;
  final TestingHubRepository hub;
  private final NodeIdentity operator = NodeIdentity.generate();
  private final NodeIdentity hubIdentity = NodeIdentity.generate();
  private final Path folder;
  private final List<Member> members = new ArrayList<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private final List<Path> volumes = new ArrayList<>();
  private final List<Optional<Running>> running = new ArrayList<>();
  private final Map<Integer, ManagedChannel> channels = new HashMap<>();
  private final Set<Integer> toRestart = ConcurrentHashMap.newKeySet();
  private final NodeServer hubServer;

  private record Running(NodeStore store, NodeServer server, Validator validator) {}

  TestingSwarm(Path folder, int size) throws Exception {
    this(folder, size, UnaryOperator.identity());
  }

  /** A swarm whose branch follows an upstream. */
  static TestingSwarm withUpstream(Path folder, int size) throws Exception {
    return new TestingSwarm(folder, size, Genesis::withUpstream);
  }

  private TestingSwarm(Path folder, int size, UnaryOperator<Genesis> finish) throws Exception {
    this.folder = folder;
    hub = new TestingHubRepository(folder.resolve("hub.git"), operator, NodeIdentity.generate());
    hubServer = NodeServer.start(hubIdentity, 0, hub);
    ports.put("s-hub", hubServer.port());
    for (int i = 0; i < size; i++) {
      addVolume(i);
    }
    genesis =
        finish.apply(
            new Genesis(
                Bytes.of(new byte[Genesis.NONCE_SIZE]),
                "s",
                TestingHubRepository.BRANCH.full(),
                hub.seed().hex(),
                new OperatorIdentity(operator.verifyingKey(), operator.tlsFingerprint()),
                new HubMember("s-hub", hubIdentity.verifyingKey(), hubIdentity.tlsFingerprint()),
                List.copyOf(members),
                new Policy(List.of(), List.of(".env*")),
                500));
  }

  private void addVolume(int index) throws IOException {
    Path volume = Files.createDirectories(folder.resolve("v" + index));
    volumes.add(volume);
    running.add(Optional.empty());
    ports.put("s-v" + index, freePort());
    try (NodeStore store = NodeStore.open(volume)) {
      NodeIdentity identity = store.identity();
      members.add(
          new Member(index, "s-v" + index, identity.verifyingKey(), identity.tlsFingerprint(), 1));
      SignLog.open(volume, store.incarnation(), true).close();
    }
  }

  /** A validator that genesis does not name, on a volume of its own; its index. */
  int newcomer() throws IOException {
    int index = members.size();
    addVolume(index);
    return index;
  }

  /** Tells a newcomer who decides, as the operator does when it lets it in. */
  void introduce(int newcomer, MemberSet set) throws IOException {
    try (NodeStore store = NodeStore.open(volumes.get(newcomer))) {
      store.keepSetAtJoin(set);
    }
  }

  /** That newcomers join, on the operator's word. */
  SetDecision join(ChainState state, int... newcomers) {
    return change(state, List.of(), newcomers);
  }

  /** That members leave and newcomers join, on the operator's word. */
  SetDecision change(ChainState state, List<Integer> out, int... newcomers) {
    SetChange change =
        SetChange.of(
            genesis.chainId(),
            state.set(),
            out,
            IntStream.of(newcomers).mapToObj(members::get).toList());
    return SetDecision.sign(change, operator.signingKey());
  }

  /** That a landed decision is taken back, on the hub's word. */
  VoidDecision takeBack(ChainState state, Decision landed) {
    return VoidDecision.sign(
        genesis.chainId(),
        genesis.branch(),
        state.head(genesis.branch()).orElseThrow(),
        landed.digest(),
        "upstream has moved",
        hubIdentity.signingKey());
  }

  /** That a commit is taken over, on the word of hub and operator. */
  AdoptDecision adopt(ChainState state, ObjectId commit) {
    return AdoptDecision.sign(
        genesis.chainId(),
        genesis.branch(),
        state.head(genesis.branch()).orElseThrow(),
        commit.hex(),
        hubIdentity.signingKey(),
        operator.signingKey());
  }

  /** That another policy comes into force, on the operator's word. */
  PolicyDecision policy(ChainState state, Policy next) {
    return PolicyDecision.sign(
        new PolicyChange(genesis.chainId(), state.policyChanges(), state.policyDigest(), next),
        operator.signingKey());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  void startAll() throws Exception {
    for (int i = 0; i < volumes.size(); i++) {
      start(i);
    }
  }

  void start(int index) throws Exception {
    toRestart.remove(index);
    NodeStore store = NodeStore.open(volumes.get(index));
    Validator validator =
        Validator.start(
            new Validator.Surroundings(
                Genesis.decode(genesis.encode()), // keys of its own: they remember signatures
                store,
                SignLog.open(store.data(), store.incarnation(), false),
                new PinnedChannels(store.identity()),
                name -> "127.0.0.1:" + ports.get(name),
                new PrometheusRegistry(),
                Runtime.getRuntime().maxMemory(),
                () -> toRestart.add(index),
                () -> {}));
    NodeServer server = NodeServer.start(store.identity(), ports.get("s-v" + index));
    validator.services().forEach(server::add);
    running.set(index, Optional.of(new Running(store, server, validator)));
  }

  void stop(int index) throws Exception {
    Running stopped = running.get(index).orElseThrow();
    running.set(index, Optional.empty());
    stopped.server().close();
    stopped.validator().close();
    stopped.store().close();
  }

  /** Somebody else serves what it likes under a validator's name and with its keys. */
  NodeServer serveInPlaceOf(int index, BindableService service) throws IOException {
    return NodeServer.start(identity(index), ports.get("s-v" + index), service);
  }

  /** The hub is gone for good. */
  void loseHub() {
    hubServer.close();
  }

  /** A channel to a validator, of whoever holds this identity. The caller closes it. */
  ManagedChannel channel(NodeIdentity from, int to) {
    Member member = members.get(to);
    return new PinnedChannels(from)
        .to("127.0.0.1", ports.get(member.name()), member.tlsFingerprint());
  }

  /** The keys of a validator, whether it runs or not. */
  NodeIdentity identity(int index) throws IOException {
    Optional<Running> now = running.get(index);
    if (now.isPresent()) {
      return now.get().store().identity();
    }
    try (NodeStore store = NodeStore.open(volumes.get(index))) {
      return store.identity();
    }
  }

  Path volume(int index) {
    return volumes.get(index);
  }

  /** Whether a validator that runs wants to be started again. */
  boolean isToRestart(int index) {
    return toRestart.contains(index);
  }

  boolean isRunning(int index) {
    return running.get(index).isPresent();
  }

  Validator validator(int index) {
    return running.get(index).orElseThrow().validator();
  }

  ChainState genesisState() {
    return ChainState.of(genesis);
  }

  MergeDecision decide(ChainState state, String path) {
    return hub.decide(genesis, state, hub.change(ObjectId.of(genesis.head()), path));
  }

  /** Hands a decision to all running validators, as the hub does. */
  void submit(Decision decision) {
    for (int i = 0; i < running.size(); i++) {
      if (running.get(i).isPresent()) {
        submitTo(i, decision);
      }
    }
  }

  void submitTo(int index, Decision decision) {
    var ignored =
        chain(index)
            .withWaitForReady()
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .submit(
                SubmitRequest.newBuilder()
                    .setDecision(ByteString.copyFrom(decision.encode()))
                    .build());
  }

  ChainStatus status(int index) {
    return chain(index).status(ChainStatusRequest.getDefaultInstance());
  }

  /** The final block at a height, as a validator hands it out; waits for it. */
  FinalBlock follow(int index, long height) {
    Iterator<FinalizedBlock> blocks =
        chain(index)
            .withWaitForReady()
            .withDeadlineAfter(60, TimeUnit.SECONDS)
            .follow(FollowRequest.newBuilder().setFromHeight(height).build());
    FinalizedBlock block = blocks.next();
    return new FinalBlock(
        Block.decode(block.getBlock().toByteArray()),
        Finality.decode(block.getFinality().toByteArray()));
  }

  /** Waits until a decision is final at a validator; the state it leaves. */
  ChainState awaitFinal(int index, ChainState state, Decision decision) {
    ChainState after = state;
    Digest last = Digest.ZERO;
    for (long height = state.height() + 1; ; height++) {
      FinalBlock block = follow(index, height);
      ChainState before = after.membership().isSealed() ? after.openEpoch(last) : after;
      last = block.block().digest();
      after = ((Applied.Accepted) before.apply(block.payload())).next();
      Digest wanted = decision.digest();
      if (block.payload().decisions().stream()
          .anyMatch(d -> d.decision().digest().equals(wanted))) {
        return after;
      }
    }
  }

  /** What ended the epochs so far, each with its proof, out of what a validator hands out. */
  List<Seal> seals(int index) {
    List<Seal> seals = new ArrayList<>();
    ChainState state = genesisState();
    for (long height = 1; height <= validator(index).height(); height++) {
      FinalBlock block = follow(index, height);
      List<OrderedDecision> decisions = block.payload().decisions();
      if (!decisions.isEmpty() && decisions.getLast().decision() instanceof SetDecision change) {
        seals.add(
            new Seal(
                DecisionCertificate.of(
                    state.set(), block.finality(), block.payload(), decisions.size() - 1),
                change));
      }
      ChainState after = ((Applied.Accepted) state.apply(block.payload())).next();
      state = after.membership().isSealed() ? after.openEpoch(block.block().digest()) : after;
    }
    return seals;
  }

  ChainState land(ChainState state, String path, int observer) {
    MergeDecision decision = decide(state, path);
    submit(decision);
    return awaitFinal(observer, state, decision);
  }

  private ChainGrpc.ChainBlockingStub chain(int index) {
    return ChainGrpc.newBlockingStub(channels.computeIfAbsent(index, i -> channel(hubIdentity, i)));
  }

  @Override
  public void close() throws Exception {
    channels.values().forEach(ManagedChannel::shutdownNow);
    for (int i = 0; i < running.size(); i++) {
      if (running.get(i).isPresent()) {
        stop(i);
      }
    }
    hubServer.close();
  }
}
