package dev.qudag.node.hub;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.restore.FirstService;
import dev.qudag.node.hub.restore.Validator;
import dev.qudag.node.hub.tree.TreeServer;
import dev.qudag.node.hub.tree.TreeTokens;
import dev.qudag.node.main.NodeRuntime;
import dev.qudag.node.net.Callers;
import dev.qudag.node.objects.ObjectFetcher;
import dev.qudag.node.objects.ObjectSources;
import dev.qudag.node.objects.ObjectStoreService;
import io.grpc.ServerInterceptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Puts the hub together once it has its genesis: books, services, links to the validators. */
final class HubServer {
  private static final Duration RETRY = Duration.ofMillis(200);

  private HubServer() {}

  static Hub serve(NodeRuntime node, Genesis genesis, HubRepository repository)
      throws IOException, InterruptedException {
    if (!genesis.branch().equals(repository.branch().full())) {
      throw new IllegalStateException(
          "the genesis is of "
              + genesis.branch()
              + ", this hub's branch is "
              + repository.branch().full());
    }
    InstantSource clock = InstantSource.system();
    Path data = node.store().data();
    List<Validator> validators = validators(node, genesis);
    var hub = new Hub(genesis, repository, data, clock, sources(validators, repository)::require);
    new FirstService(data, RETRY, wanting -> node.readyWhen(() -> wanting))
        .await(hub.restore(validators));
    HubMetrics.register(hub, node.metrics());
    var tokens = TreeTokens.open(data.resolve("tree-tokens.json"));
    node.serve(new HubControlService(hub, tokens, HubControlService.PACE).guarded());
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
    for (Validator validator : validators) {
      node.closeLater(new ValidatorLink(validator.member().index(), validator.channel(), hub))
          .start();
    }
    return hub;
  }

  private static List<Validator> validators(NodeRuntime node, Genesis genesis) {
    List<Validator> validators = new ArrayList<>();
    for (Member member : genesis.members()) {
      var channel =
          node.channels().to(node.environment().addressOf(member.name()), member.tlsFingerprint());
      node.closeLater(channel::shutdownNow);
      validators.add(new Validator(member, channel));
    }
    return validators;
  }

  private static ObjectSources sources(List<Validator> validators, HubRepository repository) {
    return new ObjectSources(
        validators.stream()
            .map(
                validator ->
                    new ObjectSources.Source(
                        validator.member().name(),
                        new ObjectFetcher(validator.channel(), repository.git())))
            .toList());
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
