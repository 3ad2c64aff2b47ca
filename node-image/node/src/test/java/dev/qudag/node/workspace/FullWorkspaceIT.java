package dev.qudag.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.node.disk.TestingVolume;
import dev.qudag.node.workspace.vcs.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that fills the volume that it shares with its sidecar. */
class FullWorkspaceIT {
  @TempDir Path folder;

  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void isToldSoAndCanProposeOnceItHasMadeRoom(boolean jujutsu) throws Exception {
    Path hubs = Files.createDirectory(folder.resolve("hub"));
    var hub = new TestingHub(hubs, Map.of("README.md", "hello\n"));
    try (var volume = TestingVolume.mount(folder.resolve("volume"), 48);
        var requests = TestingVolume.mount(volume.folder().resolve("run"), 1);
        var workspace = new TestingWorkspace(volume.folder(), hub, jujutsu, List.of())) {
      assertThat(requests.folder()).isEmptyDirectory();
      workspace.write("a.txt", "1\n".repeat(20_000));
      volume.fill(/* left= */ 0);

      Command.Output full = workspace.agent("qudag propose -m full");
      assertThat(full.code()).isEqualTo(1);
      assertThat(full.err()).contains("VolumeFull", "delete files that you do not need");
      workspace.beat.refresh();
      assertThat(hub.submissions).isEmpty();

      volume.makeRoom();
      workspace.agent("qudag propose -m roomy").orThrow();
      assertThat(hub.file(hub.last().commit(), "a.txt")).startsWith("1\n1\n");
    }
  }

  /** In the commits that an agent pushes it may write what it likes. */
  @Test
  void aTitleOfAMegabyteWithEscapeSequencesIsOneShortLine() throws Exception {
    var hub = new TestingHub(folder, Map.of("README.md", "hello\n"));
    try (var workspace = new TestingWorkspace(folder, hub, false, List.of())) {
      workspace
          .agent(
              """
              printf '\\033[2J\\007\\342\\200\\256evil ' > "$HOME/message"
              head -c 1000000 /dev/zero | tr '\\0' x >> "$HOME/message"
              echo 1 > a.txt
              git add a.txt
              git commit -qF "$HOME/message"
              git push -q origin HEAD
              """)
          .orThrow();

      assertThat(hub.last().title())
          .startsWith("[2J evil xxx")
          .hasSizeLessThanOrEqualTo(120)
          .matches("\\P{C}+");
    }
  }
}
