package dev.qudag.node.fleet;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.hub.TestingNodeProcess;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.ChainStatus;
import dev.qudag.proto.ChainStatusRequest;
import dev.qudag.proto.EnrolmentGrpc;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.JoinRequest;
import dev.qudag.proto.WatchRequest;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A hub and its validators as processes of their own, over real TLS, disks and git; and the
 * operator's keys, by which they know each other.
 */
final class SwarmProcesses implements FleetAgent.Swarm, AutoCloseable {
  static final int HUB = 0;

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int VIEW_TIMEOUT_MILLIS = 500;

  private final NodeIdentity operator = NodeIdentity.generate();

  /** The hub, then the validators. */
  private final List<TestingNodeProcess> nodes = new ArrayList<>();

  private final List<NodeIdentity> identities = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private Genesis genesis;

  /** Makes the branch in the hub's repository, before the hub starts. */
  @FunctionalInterface
  interface Planting {
    void plant(HubRepository repository) throws IOException;
  }

  private SwarmProcesses(Path folder, int validators, List<String> jvm) throws IOException {
    List<String> names = new ArrayList<>(List.of("s-hub"));
    for (int i = 0; i < validators; i++) {
      names.add("s-v" + i);
    }
    List<Integer> ports = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (String name : names) {
      int port = Ports.free();
      ports.add(port);
      addresses.add(name + "=localhost:" + port);
    }
    for (int i = 0; i < names.size(); i++) {
      var node =
          new TestingNodeProcess(
              folder.resolve(names.get(i)),
              names.get(i),
              i == HUB ? "hub" : "validator",
              ports.get(i),
              operator,
              String.join(",", addresses));
      node.runsWith(jvm);
      nodes.add(node);
    }
  }

  /**
   * Returns when the hub serves.
   *
   * @param jvm options of each node's JVM
   */
  static SwarmProcesses start(Path folder, int validators, List<String> jvm, Planting planting)
      throws Exception {
    var swarm = new SwarmProcesses(folder, validators, jvm);
    try {
      swarm.boot(planting);
      return swarm;
    } catch (Exception | Error failed) {
      swarm.close();
      throw failed;
    }
  }

  private void boot(Planting planting) throws IOException {
    HubRepository repository = repository();
    planting.plant(repository);
    for (TestingNodeProcess node : nodes) {
      node.start();
    }
    for (TestingNodeProcess node : nodes) {
      identities.add(node.identity());
    }
    genesis = genesis(repository.head().hex());
    for (int i = 0; i < nodes.size(); i++) {
      handOver(nodes.get(i).port, identities.get(i), JoinRequest.newBuilder());
    }
    var control = HubControlGrpc.newBlockingStub(operatorsChannel());
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> control.watch(WatchRequest.getDefaultInstance()).next(), state -> true);
  }

  private Genesis genesis(String head) {
    NodeIdentity hub = identities.get(HUB);
    List<Member> members = new ArrayList<>();
    for (int i = 1; i < identities.size(); i++) {
      NodeIdentity validator = identities.get(i);
      members.add(
          new Member(
              i - 1, "s-v" + (i - 1), validator.verifyingKey(), validator.tlsFingerprint(), 1));
    }
    return new Genesis(
        Bytes.of(new byte[Genesis.NONCE_SIZE]),
        "s",
        "refs/heads/main",
        head,
        new OperatorIdentity(operator.verifyingKey(), operator.tlsFingerprint()),
        new HubMember("s-hub", hub.verifyingKey(), hub.tlsFingerprint()),
        members,
        new Policy(List.of(), List.of()),
        VIEW_TIMEOUT_MILLIS);
  }

  private void handOver(int port, NodeIdentity node, JoinRequest.Builder request) {
    ManagedChannel channel = open(operator, port, node.tlsFingerprint());
    var ignored =
        EnrolmentGrpc.newBlockingStub(channel)
            .withWaitForReady()
            .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join(request.setGenesis(ByteString.copyFrom(genesis.encode())).build());
  }

  @Override
  public void join(int port, NodeIdentity workspace, String uid) {
    handOver(
        port,
        workspace,
        JoinRequest.newBuilder().setGrant(ByteString.copyFrom(grant(workspace, uid).encode())));
  }

  SignedGrant grant(NodeIdentity workspace, String uid) {
    return new WorkspaceGrant(
            genesis.chainId(), uid, uid, workspace.verifyingKey(), workspace.tlsFingerprint())
        .sign(operator.signingKey());
  }

  private synchronized ManagedChannel open(NodeIdentity from, int port, Digest expected) {
    ManagedChannel channel = new PinnedChannels(from).to("localhost", port, expected);
    channels.add(channel);
    return channel;
  }

  /** A channel to the hub, of whoever holds this identity; closed with the swarm. */
  ManagedChannel channelToHub(NodeIdentity from) {
    return open(from, nodes.get(HUB).port, identities.get(HUB).tlsFingerprint());
  }

  ManagedChannel operatorsChannel() {
    return channelToHub(operator);
  }

  Genesis genesis() {
    return genesis;
  }

  @Override
  public String hub() {
    return "localhost:" + nodes.get(HUB).port;
  }

  @Override
  public NodeIdentity operator() {
    return operator;
  }

  /** What a validator says of itself. */
  ChainStatus status(int validator) {
    ManagedChannel channel =
        open(operator, nodes.get(validator).port, identities.get(validator).tlsFingerprint());
    return ChainGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .status(ChainStatusRequest.getDefaultInstance());
  }

  /** How many there are, the hub among them. */
  int size() {
    return nodes.size();
  }

  /** {@link #HUB}, or a validator from 1 on. */
  TestingNodeProcess node(int index) {
    return nodes.get(index);
  }

  /** The hub's repository, whether the hub runs or not. */
  HubRepository repository() throws IOException {
    return HubRepository.open(Files.createDirectories(nodes.get(HUB).data()), "main");
  }

  /** SIGKILL for all of them. */
  void killAll() throws InterruptedException {
    for (TestingNodeProcess node : nodes) {
      node.kill();
    }
  }

  @Override
  public void close() throws InterruptedException {
    synchronized (this) {
      channels.forEach(ManagedChannel::shutdownNow);
    }
    killAll();
  }
}
