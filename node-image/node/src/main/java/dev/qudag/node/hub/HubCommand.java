package dev.qudag.node.hub;

import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.node.hub.landing.Upstream;
import dev.qudag.node.hub.repository.FirstCommit;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.upstream.GitUpstream;
import dev.qudag.node.hub.upstream.UpstreamStart;
import dev.qudag.node.hub.upstream.UpstreamUrl;
import dev.qudag.node.main.NodeEnvironment;
import dev.qudag.node.main.NodeRuntime;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
  private static final Duration RETRY = Duration.ofSeconds(5);

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
      FirstCommit first;
      if (upstream.isPresent()) {
        first = new FirstCommit(new UpstreamStart(repository, upstream.get()));
      } else {
        first = new FirstCommit(seed(environment, repository));
        first.attempt();
      }
      startFrom(first, repository, node);
      HubServer.serve(node, node.awaitGenesis(), repository, upstream);
      node.awaitTermination();
    }
  }

  private static FirstCommit.Source seed(NodeEnvironment environment, HubRepository repository) {
    return FirstCommit.seed(
        repository,
        Path.of(environment.optional("QUDAG_SEED_DIR").orElse("/etc/qudag/seed")),
        environment.swarm());
  }

  /** Until the branch has a first commit, enrolment is answered with what is wrong. */
  private static void startFrom(FirstCommit start, HubRepository repository, NodeRuntime node)
      throws IOException, InterruptedException {
    node.readyWhen(start::lacking);
    node.start(
        () ->
            repository
                .git()
                .ref(repository.branch())
                .map(ObjectId::hex)
                .orElseThrow(
                    () ->
                        Status.UNAVAILABLE.withDescription(start.lacking()).asRuntimeException()));
    start.await(RETRY);
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
