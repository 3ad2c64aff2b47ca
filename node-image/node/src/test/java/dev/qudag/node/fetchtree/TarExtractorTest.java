package dev.qudag.node.fetchtree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarExtractorTest {
  @TempDir Path folder;

  @Test
  void unpacksFilesFoldersAndLinks() throws IOException {
    var tar =
        new Tar()
            .entry("bin/run", '0', 0775, "", "#!/bin/sh\n")
            .entry("link", '2', 0777, "bin/run", "");

    int files = extract(tar);

    assertThat(files).isEqualTo(2);
    assertThat(folder.resolve("bin/run")).hasContent("#!/bin/sh\n").isExecutable();
    assertThat(Files.readSymbolicLink(folder.resolve("link"))).isEqualTo(Path.of("bin/run"));
  }

  @Test
  void readsLongPathsOutOfPaxHeaders() throws IOException {
    String path = "d/".repeat(80) + "file";
    String record = " path=" + path + "\n";
    var tar =
        new Tar()
            .entry("x", 'x', 0, "", (record.length() + 3) + record)
            .entry("short", '0', 0664, "", "hello");

    extract(tar);

    assertThat(folder.resolve(path)).hasContent("hello");
    assertThat(folder.resolve("short")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "a/../../out", "/out", "a//b"})
  void refusesPathsThatLeadOut(String path) {
    assertThatThrownBy(() -> extract(new Tar().entry(path, '0', 0664, "", "x")))
        .hasMessage("tar entry " + path + " leads out of the folder");
  }

  @Test
  void refusesToWriteThroughALink() {
    var tar = new Tar().entry("out", '2', 0777, "/tmp", "").entry("out/file", '0', 0664, "", "x");

    assertThatThrownBy(() -> extract(tar)).hasMessageContaining("leads out of the folder");
  }

  @Test
  void refusesDevicesAndHardLinks() {
    assertThatThrownBy(() -> extract(new Tar().entry("hard", '1', 0664, "other", "")))
        .hasMessageContaining("type 1 is not expected");
  }

  @Test
  void refusesATarThatEndsEarly() {
    byte[] whole = new Tar().entry("file", '0', 0664, "", "x".repeat(600)).bytes();

    assertThatThrownBy(
            () -> new TarExtractor(folder).extract(new ByteArrayInputStream(whole, 0, 700)))
        .hasMessageContaining("ends inside of");
  }

  private int extract(Tar tar) throws IOException {
    return new TarExtractor(folder).extract(new ByteArrayInputStream(tar.bytes()));
  }

  /** Writes what the tests need of the POSIX format. */
  private static final class Tar {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Tar entry(String name, char type, int mode, String link, String content) {
      byte[] header = new byte[512];
      byte[] body = content.getBytes(StandardCharsets.UTF_8);
      put(header, 0, name);
      put(header, 100, "%07o".formatted(mode));
      put(header, 124, "%011o".formatted(body.length));
      header[156] = (byte) type;
      put(header, 157, link);
      out.writeBytes(header);
      out.writeBytes(body);
      out.writeBytes(new byte[Math.floorMod(-body.length, 512)]);
      return this;
    }

    byte[] bytes() {
      var whole = new ByteArrayOutputStream();
      whole.writeBytes(out.toByteArray());
      whole.writeBytes(new byte[1024]);
      return whole.toByteArray();
    }

    private static void put(byte[] header, int offset, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
  }
}
