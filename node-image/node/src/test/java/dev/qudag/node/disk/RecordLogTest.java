package dev.qudag.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {
  @TempDir Path folder;

  @Test
  void givesBackWhatWasAppendedAlsoByOffset() throws IOException {
    try (RecordLog log = open(new ArrayList<>())) {
      log.append(bytes("one"));
      long second = log.append(bytes("two"));
      log.sync();
      assertThat(log.read(second)).isEqualTo(bytes("two"));
    }
    assertThat(records()).containsExactly("one", "two");
  }

  @Test
  void aFrameIsAsPublished() throws IOException {
    try (RecordLog log = open(new ArrayList<>())) {
      log.append(bytes("one"));
    }
    assertThat(Files.readAllBytes(file()))
        .asHexString()
        .isEqualTo(
            "51444C31"
                + "00000006"
                + "D69A281B"
                + "0000000000000000"
                + "686561646572"
                + "51444C31"
                + "00000003"
                + "EA2B4889"
                + "000000000000001A"
                + "6F6E65");
  }

  /** Wherever a file ends, what is whole before that is there, and it can be appended to. */
  @Test
  void aFileCutAtAnyByteGivesTheRecordsBefore() throws IOException {
    List<String> written = List.of("one", "", "three", "four and a bit more");
    List<Long> ends = write(written);
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      int left = length;
      int expected = (int) ends.stream().filter(end -> end <= left).count();
      assertThat(records()).as("cut at %d", length).isEqualTo(written.subList(0, expected));
      try (RecordLog log = open(new ArrayList<>())) {
        log.append(bytes("next"));
      }
      assertThat(records()).as("appended after a cut at %d", length).hasSize(expected + 1);
    }
  }

  /**
   * Whatever bit turns over: before the last sync that a later record tells of the file is refused,
   * and left as it is; after that it counts as torn.
   */
  @Test
  void aFileWithAnyBitTurnedOverIsRefusedOrCutButNeverRead() throws IOException {
    List<String> written = List.of("one", "", "three", "four and a bit more");
    List<Long> ends = write(written);
    byte[] whole = Files.readAllBytes(file());
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] changed = whole.clone();
      int at = bit / 8;
      changed[at] ^= (byte) (1 << (bit % 8));
      Files.write(file(), changed);
      int before = (int) ends.stream().filter(end -> end <= at).count();
      if (before < written.size() - 1) {
        long damaged = at < headerBytes() ? 0 : before == 0 ? headerBytes() : ends.get(before - 1);
        assertThatThrownBy(this::records)
            .as("bit %d", bit)
            .isInstanceOf(IOException.class)
            .hasMessageContaining(file() + " is damaged at byte " + damaged + ":")
            .hasMessageContaining("delete the volume");
        assertThat(Files.readAllBytes(file())).isEqualTo(changed);
      } else {
        assertThat(records()).as("bit %d", bit).isEqualTo(written.subList(0, before));
      }
    }
  }

  /** A file that took the place of another was on the disk as a whole. */
  @Test
  void aRewrittenFileIsRefusedWhereverItIsDamagedBeforeItsLastRecord() throws IOException {
    List<String> written = List.of("one", "", "three", "four and a bit more");
    RecordLog first = open(new ArrayList<>());
    first.append(bytes("old"));
    try (RecordLog log = first.rewrite(written.stream().map(RecordLogTest::bytes).toList())) {
      assertThat(log.size()).isEqualTo(Files.size(file()));
    }
    assertThat(records()).isEqualTo(written);
    byte[] whole = Files.readAllBytes(file());
    int last = whole.length - Frame.HEAD_BYTES - bytes(written.getLast()).length;
    for (int at = 0; at < last; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file(), changed);
      assertThatThrownBy(this::records).as("byte %d", at).hasMessageContaining("is damaged at");
      assertThat(Files.readAllBytes(file())).isEqualTo(changed);
    }
  }

  /** Of what was never synced, a power loss may keep a later record and lose an earlier one. */
  @Test
  void recordsThatWereNeverSyncedMayBeTornInAnyOrder() throws IOException {
    long kept;
    try (RecordLog log = open(new ArrayList<>())) {
      log.append(bytes("synced"));
      log.sync();
      kept = log.size();
      log.append(bytes("lost"));
      log.append(bytes("whole"));
    }
    byte[] whole = Files.readAllBytes(file());
    Arrays.fill(whole, (int) kept, (int) kept + 24, (byte) 0);
    Files.write(file(), whole);
    assertThat(records()).containsExactly("synced");
    assertThat(Files.size(file())).isEqualTo(kept);
  }

  /** The trap: it counted as synced, and its loss with the power as damage. */
  @Test
  void whatIsAppendedDuringASyncWaitsForTheNextOne() throws IOException {
    long before;
    long offset;
    try (BusyChannel channel = BusyChannel.open(file())) {
      RecordLog log = new RecordLog(file(), channel);
      log.append(bytes("header"));
      before = log.size();
      channel.duringNextForce(() -> log.append(bytes("meanwhile")));
      log.sync();
      offset = log.append(bytes("later"));
    }
    byte[] whole = Files.readAllBytes(file());
    ByteBuffer later = ByteBuffer.wrap(whole).slice((int) offset, whole.length - (int) offset);
    assertThat(Frame.parse(later).orElseThrow().synced()).isEqualTo(before);
    assertThat(records()).containsExactly("meanwhile", "later");
  }

  @Test
  void aTailOfZerosOrGarbageIsCutOff() throws IOException {
    try (RecordLog log = open(new ArrayList<>())) {
      log.append(bytes("kept"));
    }
    for (byte filling : new byte[] {0, 0x51, (byte) 0xff}) {
      byte[] garbage = new byte[5000];
      Arrays.fill(garbage, filling);
      Files.write(file(), garbage, StandardOpenOption.APPEND);
      assertThat(records()).containsExactly("kept");
    }
  }

  @Test
  void refusesTheFileOfAnotherOwner() throws IOException {
    open(new ArrayList<>()).close();
    assertThatThrownBy(() -> RecordLog.open(file(), bytes("other"), (offset, record) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another key or chain");
  }

  /** Writes and syncs each record; the offsets where they end. */
  private List<Long> write(List<String> records) throws IOException {
    List<Long> ends = new ArrayList<>();
    try (RecordLog log = open(new ArrayList<>())) {
      for (String record : records) {
        log.append(bytes(record));
        log.sync();
        ends.add(log.size());
      }
    }
    return ends;
  }

  private static long headerBytes() {
    return (long) Frame.HEAD_BYTES + "header".length();
  }

  private List<String> records() throws IOException {
    List<String> records = new ArrayList<>();
    open(records).close();
    return records;
  }

  private RecordLog open(List<String> records) throws IOException {
    return RecordLog.open(
        file(),
        bytes("header"),
        (offset, record) -> records.add(new String(record, StandardCharsets.UTF_8)));
  }

  private Path file() {
    return folder.resolve("log");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
