package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
  void cutsOffATornTailWhereverItTore() throws IOException {
    try (RecordLog log = open(new ArrayList<>())) {
      log.append(bytes("kept"));
      log.append(bytes("torn"));
    }
    byte[] whole = Files.readAllBytes(file());
    for (int length = whole.length - 1; length > whole.length - 12; length--) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertThat(records()).as("%d of %d bytes", length, whole.length).containsExactly("kept");
    }
  }

  @Test
  void appendsAfterATornTailAsIfItHadNeverBeen() throws IOException {
    try (RecordLog log = open(new ArrayList<>())) {
      log.append(bytes("kept"));
    }
    Files.write(file(), new byte[] {0, 0, 0, 9, 1, 2}, StandardOpenOption.APPEND);
    try (RecordLog log = open(new ArrayList<>())) {
      log.append(bytes("next"));
    }
    assertThat(records()).containsExactly("kept", "next");
  }

  @Test
  void refusesARecordWhoseBytesChanged() throws IOException {
    try (RecordLog log = open(new ArrayList<>())) {
      log.append(bytes("spoilt"));
    }
    byte[] whole = Files.readAllBytes(file());
    whole[whole.length - 1] ^= 1;
    Files.write(file(), whole);
    assertThat(records()).isEmpty();
  }

  @Test
  void refusesAFileWhoseHeaderIsDamagedInsteadOfEmptyingIt() throws IOException {
    try (RecordLog log = open(new ArrayList<>())) {
      log.append(bytes("precious"));
    }
    byte[] whole = Files.readAllBytes(file());
    whole[9] ^= 1;
    Files.write(file(), whole);
    assertThatThrownBy(this::records).hasMessageContaining("is damaged");
    assertThat(Files.readAllBytes(file())).isEqualTo(whole);
  }

  @Test
  void refusesTheFileOfAnotherOwner() throws IOException {
    open(new ArrayList<>()).close();
    assertThatThrownBy(() -> RecordLog.open(file(), bytes("other"), (offset, record) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another key or chain");
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
