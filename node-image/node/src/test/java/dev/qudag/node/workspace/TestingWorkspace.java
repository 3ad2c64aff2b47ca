package dev.qudag.node.workspace;

import dev.qudag.node.workspace.desk.FileDesk;
import dev.qudag.node.workspace.desk.SyncReport;
import dev.qudag.node.workspace.origin.Inbox;
import dev.qudag.node.workspace.origin.OriginHandler;
import dev.qudag.node.workspace.vcs.Command;
import dev.qudag.node.workspace.vcs.GitVcs;
import dev.qudag.node.workspace.vcs.Identity;
import dev.qudag.node.workspace.vcs.JujutsuVcs;
import dev.qudag.node.workspace.vcs.Vcs;
import dev.qudag.node.workspace.vcs.Volumes;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The sidecar's real parts beside an agent that the test plays, in one folder. */
final class TestingWorkspace implements AutoCloseable {

  static final long MAX_NEW_FILE_BYTES = 100_000;

  final Layout layout;
  final TestingHub hub;
  final Vcs vcs;
  final Workbench bench;
  final History history;
  final Proposing proposing;
  final Beat beat;
  private final LoopbackServer loopback;
  private final FileDesk desk;

  TestingWorkspace(Path folder, TestingHub hub, boolean jujutsu, List<String> denyPaths)
      throws IOException {
    this.hub = hub;
    layout = layout(folder);
    vcs = vcs(layout, jujutsu);
    var agent = Identity.ofAgent("agent-0", "swarm");
    new WorkspaceSetup(layout, vcs, agent, "main", denyPaths, Volumes::sync).run(hub);
    // The agent's volume is mounted at .git in its container; a link is the same to git.
    if (!Files.exists(layout.tree().resolve(".git"))) {
      Files.writeString(
          layout.tree().resolve(".git"), "gitdir: " + folder.resolve("agent-git") + "\n");
    }
    TestingAgent.install(folder, layout.data());
    bench = new Workbench(layout, vcs, agent, "main");
    var inbox = new Inbox(layout.inbox(), "main");
    inbox.open(layout.repository().directory());
    inbox.show(bench.head());
    var metrics = new WorkspaceMetrics(new PrometheusRegistry());
    beat =
        new Beat(
            bench,
            inbox,
            hub,
            "the task",
            layout.data().resolve("branch.bundle"),
            metrics,
            InstantSource.system());
    history = new History(bench, layout.repository(), vcs, new Journal(layout.journal()));
    proposing =
        new Proposing(bench, hub, beat, history, new SyncReport(layout.run()), "the task", metrics);
    loopback = new LoopbackServer(0, new OriginHandler(inbox, proposing, beat::refresh), proposing);
    desk = new FileDesk(layout.run(), proposing);
  }

  static Layout layout(Path folder) throws IOException {
    var layout =
        new Layout(folder.resolve("workspace"), folder.resolve("data"), folder.resolve("run"));
    for (Path made :
        List.of(
            layout.tree(),
            layout.data(),
            layout.run(),
            folder.resolve("agent-git"),
            folder.resolve("bin"),
            folder.resolve("agent-home"))) {
      Files.createDirectories(made);
    }
    return layout;
  }

  private static Vcs vcs(Layout layout, boolean jujutsu) {
    return jujutsu
        ? new JujutsuVcs(
            TestingJujutsu.program(),
            layout.repository(),
            layout.tree(),
            layout.data(),
            MAX_NEW_FILE_BYTES)
        : new GitVcs(layout.repository(), layout.tree(), MAX_NEW_FILE_BYTES);
  }

  void write(String path, String text) throws IOException {
    Path file = layout.tree().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  String url() {
    return "http://127.0.0.1:" + loopback.port();
  }

  Command.Output agent(String script) {
    return TestingAgent.run(
        layout.tree(),
        layout.tree().resolveSibling("agent-home"),
        layout.tree().resolveSibling("bin"),
        layout.run(),
        url(),
        script);
  }

  @Override
  public void close() {
    desk.close();
    loopback.close();
    beat.close();
  }
}
