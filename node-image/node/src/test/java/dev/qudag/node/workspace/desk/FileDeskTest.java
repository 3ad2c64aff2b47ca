package dev.qudag.node.workspace.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDeskTest {

  @TempDir Path folder;

  @Test
  void parsesARequest() {
    assertThat(FileDesk.parse("propose\nwait=true\ntitle=a = b\n"))
        .contains(new Request.Propose(true, false, 0, Optional.of("a = b")));
    assertThat(FileDesk.parse("propose\nstack=true\npriority=3\n"))
        .contains(new Request.Propose(false, true, 3, Optional.empty()));
    assertThat(FileDesk.parse("propose\n"))
        .contains(new Request.Propose(false, false, 0, Optional.empty()));
    assertThat(FileDesk.parse("status")).contains(new Request.Status());
    assertThat(FileDesk.parse("log\n\n=\nno option\n")).contains(new Request.Log());
  }

  @Test
  void anythingElseIsNoRequest() {
    assertThat(FileDesk.parse("")).isEmpty();
    assertThat(FileDesk.parse("rm -rf /")).isEmpty();
    assertThat(FileDesk.parse("\0\0\0")).isEmpty();
  }

  @Test
  void titlesAreOneBoundedLine() {
    var request =
        new Request.Propose(false, false, 0, Optional.of("a\u001b[0m\r\n b" + "x".repeat(5000)));

    assertThat(request.title().orElseThrow()).startsWith("a [0m b").hasSize(200);
    assertThat(new Request.Propose(false, false, 0, Optional.of(" \n ")).title()).isEmpty();
  }

  @Test
  void readsPlainFilesOfBoundedSizeOnly() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain"), "status\n");
    Path link = Files.createSymbolicLink(folder.resolve("link"), plain);
    Path empty = Files.createFile(folder.resolve("empty"));
    Path big = Files.write(folder.resolve("big"), new byte[FileDesk.MAX_REQUEST_BYTES + 1]);

    assertThat(FileDesk.read(plain)).isEqualTo("status\n");
    for (Path refused : new Path[] {link, empty, big, folder, folder.resolve("gone")}) {
      assertThatThrownBy(() -> FileDesk.read(refused))
          .as(refused.toString())
          .isInstanceOf(IOException.class);
    }
  }
}
