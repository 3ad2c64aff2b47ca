package dev.qudag.node.hub;

import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.merge.RefName;
import dev.qudag.node.hub.landing.Upstream;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.repository.Seed;
import dev.qudag.node.hub.upstream.GitUpstream;
import dev.qudag.node.hub.upstream.UpstreamStart;
import dev.qudag.node.hub.upstream.UpstreamUrl;
import dev.qudag.node.main.NodeEnvironment;
import dev.qudag.node.main.NodeRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Runs the hub until it is told to end. */
@Command(
    name = "hub",
    description =
        "Runs the hub of a Swarm: its repository, the only writer of the protected branch.")
public final class HubCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    run(NodeEnvironment.of(System.getenv()));
    return ExitCode.OK;
  }

  /** Returns when the process is told to end, or the thread is interrupted. */
  public static void run(NodeEnvironment environment) throws Exception {
    try (NodeRuntime node = NodeRuntime.open(environment, NodeRole.HUB)) {
      HubRepository repository =
          HubRepository.open(environment.data(), environment.required("QUDAG_BRANCH"));
      Optional<Upstream> upstream = upstream(environment, repository);
      if (upstream.isPresent()) {
        UpstreamStart.plant(repository, upstream.get());
      } else {
        Seed.plant(
            repository,
            Path.of(environment.optional("QUDAG_SEED_DIR").orElse("/etc/qudag/seed")),
            environment.swarm());
      }
      node.start(() -> repository.head().hex());
      HubServer.serve(node, node.awaitGenesis(), repository, upstream);
      node.awaitTermination();
    }
  }

  /** {@code QUDAG_UPSTREAM_URL}; the branch there is the same unless it is named. */
  private static Optional<Upstream> upstream(NodeEnvironment environment, HubRepository repository)
      throws IOException {
    Optional<String> url = environment.optional("QUDAG_UPSTREAM_URL");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    RefName branch =
        environment
            .optional("QUDAG_UPSTREAM_BRANCH")
            .map(RefName::branch)
            .orElse(repository.branch());
    Path credentials =
        Path.of(environment.optional("QUDAG_UPSTREAM_DIR").orElse("/etc/qudag/upstream"));
    return Optional.of(
        GitUpstream.of(
            UpstreamUrl.parse(url.get()),
            branch,
            credentials,
            environment.data(),
            repository,
            InstantSource.system()));
  }
}
