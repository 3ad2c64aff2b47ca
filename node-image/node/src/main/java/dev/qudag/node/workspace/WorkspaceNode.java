package dev.qudag.node.workspace;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.node.main.NodeRuntime;
import dev.qudag.node.workspace.HubGateway.Submission;
import dev.qudag.node.workspace.desk.FileDesk;
import dev.qudag.node.workspace.desk.SyncReport;
import dev.qudag.node.workspace.origin.Inbox;
import dev.qudag.node.workspace.origin.OriginHandler;
import dev.qudag.node.workspace.vcs.GitVcs;
import dev.qudag.node.workspace.vcs.JujutsuVcs;
import dev.qudag.node.workspace.vcs.Vcs;
import dev.qudag.node.workspace.vcs.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The two steps of the workspace role, put together from their parts. */
public final class WorkspaceNode {

  private static final System.Logger LOG = System.getLogger(WorkspaceNode.class.getName());
  private static final long MAX_NEW_FILE_BYTES = 10L << 20;

  private final WorkspaceEnvironment environment;
  private final Layout layout;
  private final InstantSource clock;

  private WorkspaceNode(WorkspaceEnvironment environment, InstantSource clock) {
    this.environment = environment;
    this.layout = environment.layout();
    this.clock = clock;
  }

  /**
   * The workspace that the variables describe.
   *
   * @throws dev.qudag.node.main.InvalidEnvironment when one is missing or wrong
   */
  public static WorkspaceNode of(Map<String, String> variables) {
    return new WorkspaceNode(WorkspaceEnvironment.of(variables), InstantSource.system());
  }

  /** Before and beside the agent, until the process is told to end. */
  public void run() throws IOException, InterruptedException {
    try (NodeRuntime node = open()) {
      var serving = new AtomicBoolean();
      node.readyWhen(() -> serving.get() ? "" : "the agent is not served yet");
      node.start();
      Genesis genesis = node.awaitGenesis();
      var hub = node.closeLater(connect(node, genesis));
      new WorkspaceSetup(
              layout,
              vcs(),
              environment.author(),
              environment.branch(),
              genesis.policy().denyPaths(),
              Volumes::sync)
          .run(hub);
      var vcs = vcs();
      var bench = bench(vcs);
      var inbox = new Inbox(layout.inbox(), environment.branch());
      inbox.open(layout.repository().directory());
      inbox.show(bench.head());
      var metrics = new WorkspaceMetrics(node.metrics());
      var beat =
          new Beat(
              bench,
              inbox,
              hub,
              environment.taskTitle(),
              layout.data().resolve("branch.bundle"),
              metrics,
              clock);
      var proposing =
          new Proposing(
              bench,
              hub,
              beat,
              new History(bench, layout.repository(), vcs, new Journal(layout.journal())),
              new SyncReport(layout.run()),
              environment.taskTitle(),
              metrics);
      try (var loopback =
              new LoopbackServer(
                  environment.loopbackPort(),
                  new OriginHandler(inbox, proposing, beat::refresh),
                  proposing);
          var desk = new FileDesk(layout.run(), proposing);
          beat) {
        beat.start();
        serving.set(true);
        LOG.log(
            System.Logger.Level.INFO,
            "the agent is served on loopback port {0,number,#}",
            loopback.port());
        node.awaitTermination();
      }
      new Handover(bench, hub, environment.taskTitle(), clock)
          .run(environment.handoverPod(), environment.patience());
    }
  }

  /** For a pod that was lost. */
  public void handover() throws IOException {
    try (NodeRuntime node = open()) {
      Optional<Genesis> genesis = node.store().genesis();
      if (genesis.isEmpty() || node.store().grant().isEmpty()) {
        LOG.log(
            System.Logger.Level.INFO, "the workspace never joined: there is nothing to hand over");
        return;
      }
      try (var hub = connect(node, genesis.get())) {
        if (Files.exists(layout.ready())) {
          new Handover(bench(vcs()), hub, environment.taskTitle(), clock)
              .run(environment.handoverPod(), environment.patience());
        } else {
          // No agent ever saw files here; the pod may go all the same.
          hub.submit(
              Submission.candidate(
                  genesis.get().head(),
                  environment.taskTitle(),
                  Optional.empty(),
                  environment.handoverPod()),
              environment.patience());
        }
      }
    }
  }

  /** With the volume locked, so that what is locked in it was left by a process that was killed. */
  private NodeRuntime open() throws IOException {
    NodeRuntime node = NodeRuntime.open(environment.node(), environment.subject());
    int locks = layout.repository().dropStaleLocks() + layout.inbox().dropStaleLocks();
    if (locks > 0) {
      LOG.log(System.Logger.Level.INFO, "{0} locks of a git that was killed are gone", locks);
    }
    return node;
  }

  private GrpcHubGateway connect(NodeRuntime node, Genesis genesis) throws IOException {
    SignedGrant grant =
        node.store()
            .grant()
            .orElseThrow(
                () -> new IOException("the operator handed over no grant; it tries again"));
    var membership =
        Membership.of(
            genesis, environment.agent(), grant, node.store().identity().signingKey(), clock);
    return new GrpcHubGateway(
        node.channels().to(environment.hub(), genesis.hub().tlsFingerprint()), membership, clock);
  }

  private Workbench bench(Vcs vcs) {
    return new Workbench(layout, vcs, environment.author(), environment.branch());
  }

  private Vcs vcs() {
    return environment.jujutsu()
        ? new JujutsuVcs(
            environment.jj(), layout.repository(), layout.tree(), layout.data(), MAX_NEW_FILE_BYTES)
        : new GitVcs(layout.repository(), layout.tree(), MAX_NEW_FILE_BYTES);
  }
}
