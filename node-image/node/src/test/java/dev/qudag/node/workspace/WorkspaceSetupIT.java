package dev.qudag.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.node.workspace.vcs.CommandException;
import dev.qudag.node.workspace.vcs.GitVcs;
import dev.qudag.node.workspace.vcs.Identity;
import dev.qudag.node.workspace.vcs.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace counts as made once its files are on the disk, and not a moment before. */
class WorkspaceSetupIT {
  @TempDir Path folder;
  private TestingHub hub;
  private Layout layout;

  @BeforeEach
  void prepare() throws IOException {
    hub = new TestingHub(folder, Map.of("README.md", "hello\n"));
    layout = TestingWorkspace.layout(folder);
  }

  @Test
  void allFilesAreSyncedBeforeTheMarkIsWritten() throws IOException {
    List<Path> synced = new ArrayList<>();
    setup(
            folders -> {
              assertThat(layout.ready()).doesNotExist();
              assertThat(layout.tree().resolve("README.md")).hasContent("hello\n");
              assertThat(layout.data().resolve("agent.git/index")).exists();
              Volumes.sync(folders);
              synced.addAll(folders);
            })
        .run(hub);
    assertThat(synced).contains(layout.data(), layout.tree());
    assertThat(layout.ready()).exists();
  }

  @Test
  void aDiskThatFailsLeavesNoMarkAndTheNextStartMakesItAnew() throws IOException {
    var failing =
        setup(
            folders -> {
              throw new CommandException(List.of("sync"), "Input/output error");
            });
    assertThatThrownBy(() -> failing.run(hub)).hasMessageContaining("Input/output error");
    assertThat(layout.ready()).doesNotExist();
    Files.writeString(layout.tree().resolve("README.md"), ""); // as the crash left it

    setup(Volumes::sync).run(hub);

    assertThat(layout.tree().resolve("README.md")).hasContent("hello\n");
    assertThat(layout.ready()).exists();
  }

  @Test
  void aVolumeThatCannotBeSyncedIsAFailure() {
    assertThatThrownBy(() -> Volumes.sync(List.of(folder.resolve("nothing"))))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("No such file");
  }

  private WorkspaceSetup setup(Consumer<List<Path>> sync) {
    var vcs = new GitVcs(layout.repository(), layout.tree(), TestingWorkspace.MAX_NEW_FILE_BYTES);
    return new WorkspaceSetup(
        layout, vcs, Identity.ofAgent("agent-0", "swarm"), "main", List.of(), sync);
  }
}
