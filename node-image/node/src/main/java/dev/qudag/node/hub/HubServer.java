package dev.qudag.node.hub;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.node.hub.analysis.SigningSecret;
import dev.qudag.node.hub.landing.Upstream;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.restore.FirstService;
import dev.qudag.node.hub.restore.Validator;
import dev.qudag.node.hub.tree.TreeServer;
import dev.qudag.node.hub.tree.TreeTokens;
import dev.qudag.node.hub.upstream.Outside;
import dev.qudag.node.main.NodeRuntime;
import dev.qudag.node.net.Callers;
import dev.qudag.node.objects.Housekeeping;
import dev.qudag.node.objects.ObjectFetcher;
import dev.qudag.node.objects.ObjectSources;
import dev.qudag.node.objects.ObjectStoreService;
import io.grpc.ManagedChannel;
import io.grpc.ServerInterceptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Puts the hub together once it has its genesis: books, services, links to the validators. */
final class HubServer {
  private static final Duration RETRY = Duration.ofMillis(200);

  private HubServer() {}

  /**
   * @param upstream there when the node is told of one
   */
  static Hub serve(
      NodeRuntime node, Genesis genesis, HubRepository repository, Optional<Upstream> upstream)
      throws IOException, InterruptedException {
    if (!genesis.branch().equals(repository.branch().full())) {
      throw new IllegalStateException(
          "the genesis is of "
              + genesis.branch()
              + ", this hub's branch is "
              + repository.branch().full());
    }
    if (genesis.hasUpstream() != upstream.isPresent()) {
      throw new IllegalStateException(
          genesis.hasUpstream()
              ? "the genesis names a branch that follows an upstream, and this hub is told of none"
              : "the genesis names a branch without upstream, and this hub is told of one");
    }
    InstantSource clock = InstantSource.system();
    Path data = node.store().data();
    repository.git().files().clearLeftovers();
    ValidatorWays ways = node.closeLater(new ValidatorWays(member -> channel(node, member)));
    var hub =
        new Hub(
            genesis,
            repository,
            data,
            clock,
            node.store().identity().signingKey(),
            (commit, haves) -> sources(ways.open(), repository).require(commit, haves),
            upstream.map(
                there -> new Outside(there, node.store().identity().signingKey(), Outside.PACE)),
            new SigningSecret(
                Path.of(
                    node.environment()
                        .optional("QUDAG_SIGNING_DIR")
                        .orElse("/etc/qudag/signing"))));
    new FirstService(data, RETRY, FirstService.GRACE, wanting -> node.readyWhen(() -> wanting))
        .await(hub.restore(ways::to, node.store().setAtJoin()));
    node.closeLater(new Housekeeping(repository.git(), Housekeeping.PACE)).start();
    HubMetrics.register(hub, node.metrics());
    var tokens = TreeTokens.open(data.resolve("tree-tokens.json"));
    node.serve(new HubControlService(hub, tokens, HubWatch.PACE).guarded());
    node.serve(new ObjectStoreService(repository.git(), validators(hub)).guarded());
    node.serve(
        ServerInterceptors.intercept(
            new WorkspaceGatewayService(hub, incoming(data), clock), new WorkspaceGrants(genesis)));
    node.closeLater(
        TreeServer.start(
            node.store().identity().tls(),
            node.environment().number("QUDAG_TREE_PORT", TreeServer.PORT),
            repository.git(),
            tokens));
    node.closeLater(new ValidatorLinks(hub::set, ways, hub, hub::custodyBy)).start();
    hub.following().ifPresent(following -> node.closeLater(following).start());
    return hub;
  }

  private static ManagedChannel channel(NodeRuntime node, Member member) {
    return node.channels().to(node.environment().addressOf(member.name()), member.tlsFingerprint());
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

  private static Callers validators(Hub hub) {
    return new Callers(
        "a validator of the epoch",
        caller ->
            hub.set().members().stream()
                .anyMatch(member -> member.tlsFingerprint().equals(caller)));
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
