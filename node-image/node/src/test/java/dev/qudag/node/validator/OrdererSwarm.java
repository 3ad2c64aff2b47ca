package dev.qudag.node.validator;

import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.identity.NodeStore;
import dev.qudag.node.net.NodeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The orderers of a set in one process, over loopback gRPC with TLS, real keys and fsync. */
final class OrdererSwarm implements AutoCloseable {
  private final List<NodeStore> stores = new ArrayList<>();
  private final List<NodeServer> servers = new ArrayList<>();
  private final List<Orderer> orderers = new ArrayList<>();
  private final long[] finalAt;
  private final List<Long> arrivals = new ArrayList<>();
  private long awaited;

  OrdererSwarm(Path folder, int size, OpaquePayloads rules) throws Exception {
    finalAt = new long[size];
    List<Member> members = new ArrayList<>();
    Map<String, String> addresses = new HashMap<>();
    for (int i = 0; i < size; i++) {
      NodeStore store = NodeStore.open(Files.createDirectories(folder.resolve("v" + i)));
      NodeServer server = NodeServer.start(store.identity(), 0);
      stores.add(store);
      servers.add(server);
      addresses.put("s-v" + i, "127.0.0.1:" + server.port());
      NodeIdentity identity = store.identity();
      members.add(new Member(i, "s-v" + i, identity.verifyingKey(), identity.tlsFingerprint(), 1));
    }
    NodeIdentity operator = NodeIdentity.generate();
    NodeIdentity hub = NodeIdentity.generate();
    byte[] genesis =
        new Genesis(
                Bytes.of(new byte[Genesis.NONCE_SIZE]),
                "s",
                "refs/heads/main",
                "0".repeat(40),
                new OperatorIdentity(operator.verifyingKey(), operator.tlsFingerprint()),
                new HubMember("s-hub", hub.verifyingKey(), hub.tlsFingerprint()),
                members,
                new Policy(List.of(), List.of()),
                10_000)
            .encode();
    for (int i = 0; i < size; i++) {
      orderers.add(
          new Orderer(
              Genesis.decode(genesis), // its own keys: nothing is shared but the machine
              i,
              stores.get(i),
              servers.get(i),
              addresses::get,
              rules,
              this::finalized));
    }
    orderers.forEach(Orderer::open);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> orderers.stream().allMatch(Orderer::isConnected));
  }

  int quorum() {
    return 2 * orderers.size() / 3 + 1;
  }

  private synchronized void finalized(int member, long number) {
    if (finalAt[member] < awaited && number >= awaited) {
      arrivals.add(System.nanoTime());
    }
    finalAt[member] = number;
    notifyAll();
  }

  /** What every member holds final. */
  synchronized long finalEverywhere() {
    long least = Long.MAX_VALUE;
    for (long number : finalAt) {
      least = Math.min(least, number);
    }
    return least;
  }

  /**
   * Hands the next decision to all members and waits until all hold it final.
   *
   * @return when each did, in nanoseconds since it was handed in, rising
   */
  List<Long> orderOne() throws InterruptedException {
    long number;
    long start;
    synchronized (this) {
      number = finalEverywhere() + 1;
      awaited = number;
      arrivals.clear();
      start = System.nanoTime();
    }
    orderers.forEach(orderer -> orderer.handIn(number));
    synchronized (this) {
      while (finalEverywhere() < number) {
        wait();
      }
      return arrivals.stream().map(at -> at - start).sorted().toList();
    }
  }

  /** Lets any number of decisions be ordered from now on. */
  void handInForEver() {
    orderers.forEach(orderer -> orderer.handIn(Long.MAX_VALUE / 2));
  }

  long total(ToLongFunction<Orderer> count) {
    return orderers.stream().mapToLong(count).sum();
  }

  @Override
  public void close() throws Exception {
    for (Orderer orderer : orderers) {
      orderer.close();
    }
    servers.forEach(NodeServer::close);
    for (NodeStore store : stores) {
      store.close();
    }
  }
}
