package dev.qudag.node.hub;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.tree.TreeServer;
import dev.qudag.node.hub.tree.TreeTokens;
import dev.qudag.node.main.NodeRuntime;
import dev.qudag.node.net.Callers;
import dev.qudag.node.objects.ObjectStoreService;
import io.grpc.ServerInterceptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Puts the hub together once it has its genesis: books, services, links to the validators. */
final class HubServer {
  private HubServer() {}

  static Hub serve(NodeRuntime node, Genesis genesis, HubRepository repository) throws IOException {
    if (!genesis.branch().equals(repository.branch().full())) {
      throw new IllegalStateException(
          "the genesis is of "
              + genesis.branch()
              + ", this hub's branch is "
              + repository.branch().full());
    }
    InstantSource clock = InstantSource.system();
    Path data = node.store().data();
    var hub = new Hub(genesis, repository, data, clock);
    HubMetrics.register(hub, node.metrics());
    var tokens = TreeTokens.open(data.resolve("tree-tokens.json"));
    node.serve(new HubControlService(hub, tokens).guarded());
    node.serve(new ObjectStoreService(repository.git(), callers(genesis)).guarded());
    node.serve(
        ServerInterceptors.intercept(
            new WorkspaceGatewayService(hub, incoming(data), clock), new WorkspaceGrants(genesis)));
    node.closeLater(
        TreeServer.start(
            node.store().identity().tls(),
            node.environment().number("QUDAG_TREE_PORT", TreeServer.PORT),
            repository.git(),
            tokens));
    for (Member member : genesis.members()) {
      link(node, hub, member);
    }
    return hub;
  }

  private static void link(NodeRuntime node, Hub hub, Member member) {
    var channel =
        node.channels().to(node.environment().addressOf(member.name()), member.tlsFingerprint());
    node.closeLater(new ValidatorLink(member.index(), channel, hub)).start();
  }

  private static Callers callers(Genesis genesis) {
    return new Callers(
        "a validator",
        caller ->
            genesis.members().stream().anyMatch(member -> member.tlsFingerprint().equals(caller)));
  }

  /** Empty at each start: what was on its way when the process ended was never answered. */
  private static Path incoming(Path data) throws IOException {
    Path folder = Files.createDirectories(data.resolve("incoming"));
    try (var left = Files.list(folder)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    return folder;
  }
}
