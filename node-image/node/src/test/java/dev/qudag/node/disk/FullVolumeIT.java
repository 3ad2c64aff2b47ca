package dev.qudag.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a write for which there is no room leaves behind: what was there before. */
class FullVolumeIT {
  private static final String NO_ROOM = "No space left on device";

  @TempDir Path folder;

  @Test
  void aFileKeepsItsContent() throws IOException {
    try (var volume = TestingVolume.mount(folder.resolve("volume"), 1)) {
      Path file = volume.folder().resolve("file");
      DurableFiles.write(file, bytes("old"));
      volume.fill(/* left= */ 8192);

      assertThatThrownBy(() -> DurableFiles.write(file, new byte[64 << 10]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(NO_ROOM);

      assertThat(file).hasContent("old");
      assertThat(volume.folder().resolve("file.tmp")).doesNotExist();
      volume.makeRoom();
      DurableFiles.write(file, bytes("new"));
      assertThat(file).hasContent("new");
    }
  }

  @Test
  void aLogEndsWithItsLastWholeRecordAndGoesOnWhenThereIsRoom() throws IOException {
    try (var volume = TestingVolume.mount(folder.resolve("volume"), 1)) {
      Path file = volume.folder().resolve("log");
      List<String> appended = new ArrayList<>();
      volume.fill(/* left= */ 128 << 10);
      try (RecordLog log = RecordLog.open(file, bytes("header"), (_, _) -> {})) {
        assertThatThrownBy(() -> appendWithoutEnd(log, appended)).hasMessageContaining(NO_ROOM);
        assertThat(appended).isNotEmpty();
        assertThat(file).hasSize(log.size());
        log.sync();

        volume.makeRoom();
        log.append(bytes("last"));
        log.sync();
        appended.add("last");
      }

      List<String> read = new ArrayList<>();
      RecordLog.open(
              file,
              bytes("header"),
              (_, record) -> read.add(new String(record, StandardCharsets.UTF_8)))
          .close();
      assertThat(read).isEqualTo(appended);
    }
  }

  @Test
  void aLogThatCannotBeWrittenAnewStaysAsItIs() throws IOException {
    try (var volume = TestingVolume.mount(folder.resolve("volume"), 1)) {
      Path file = volume.folder().resolve("log");
      try (RecordLog log = RecordLog.open(file, bytes("header"), (_, _) -> {})) {
        long offset = log.append(bytes("one"));
        log.sync();
        volume.fill(/* left= */ 8192);

        assertThatThrownBy(() -> log.rewrite(List.of(new byte[64 << 10])))
            .hasMessageContaining(NO_ROOM);

        assertThat(log.read(offset)).isEqualTo(bytes("one"));
        assertThat(volume.folder().resolve("log.next")).doesNotExist();
      }
    }
  }

  private static void appendWithoutEnd(RecordLog log, List<String> appended) throws IOException {
    for (int i = 0; ; i++) {
      String record = i + "x".repeat(5000);
      log.append(bytes(record));
      appended.add(record);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
