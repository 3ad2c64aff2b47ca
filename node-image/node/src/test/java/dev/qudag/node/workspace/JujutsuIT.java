package dev.qudag.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.node.workspace.vcs.JujutsuVcs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pinned jj does what its driver expects of it. */
class JujutsuIT {

  @TempDir Path folder;
  private TestingHub hub;
  private TestingWorkspace workspace;

  @BeforeEach
  void start() throws IOException {
    hub = new TestingHub(folder, Map.of("README.md", "hello\n", "bin/run", "run\n"));
    workspace = new TestingWorkspace(folder, hub, true, List.of(".env*"));
  }

  @AfterEach
  void stop() {
    workspace.close();
  }

  @Test
  void anUntouchedWorkspaceIsItsBase() {
    var revision = workspace.bench.look("title");

    assertThat(revision.commit()).isEqualTo(hub.head());
    assertThat(revision.ahead()).isZero();
    assertThat(workspace.agent("git status --porcelain").orThrow().text()).isEmpty();
  }

  @Test
  void everySnapshotIsInTheLog() throws IOException {
    workspace.write("a", "1\n");
    workspace.bench.look("title");
    workspace.write("a", "2\n");
    workspace.bench.look("title");

    assertThat(workspace.history.log(10)).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void additionsChangesDeletionsModesAndLinksAreTaken() throws IOException {
    workspace
        .agent(
            "echo new > new; echo more >> README.md; rm bin/run; echo p > p; chmod +x p; ln -s new link")
        .orThrow();

    var revision = workspace.bench.look("title");

    assertThat(
            workspace
                .layout
                .repository()
                .ask("ls-tree", "-r", "--format=%(objectmode) %(path)", revision.commit())
                .lines())
        .containsExactly("100644 README.md", "120000 link", "100644 new", "100755 p");
  }

  @Test
  void largeAndDeniedFilesAreNamedNotTaken() throws IOException {
    workspace.write(".env", "secret\n");
    workspace.write("big", "x".repeat(200_000));

    var revision = workspace.bench.look("title");

    assertThat(revision.refusedFiles()).containsExactlyInAnyOrder(".env", "big");
    assertThat(revision.commit()).isEqualTo(hub.head());
  }

  @Test
  void anotherAttemptGoesOnWithTheSameStore() throws IOException {
    workspace.write("draft", "half\n");
    String before = workspace.bench.look("title").commit();
    workspace.close();

    workspace = new TestingWorkspace(folder, hub, true, List.of());

    assertThat(workspace.bench.look("title").commit()).isEqualTo(before);
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    Path other = Files.writeString(folder.resolve("jj"), "#!/bin/sh\necho jj 0.1.0\n");
    assertThat(other.toFile().setExecutable(true)).isTrue();
    var vcs =
        new JujutsuVcs(
            other,
            workspace.layout.repository(),
            workspace.layout.tree(),
            workspace.layout.data(),
            1000);

    assertThatThrownBy(vcs::requireVersion).hasMessageContaining("expected 'jj 0.45.1'");
  }
}
