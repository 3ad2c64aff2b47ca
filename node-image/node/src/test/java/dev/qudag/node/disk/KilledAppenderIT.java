package dev.qudag.node.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process and SIGKILL, at moments that a seed draws: what it acknowledged is there. */
class KilledAppenderIT {
  private static final int KILLS = 6;

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedOutlivesKillNine() throws Exception {
    long seed = 20_261_122;
    Random random = new Random(seed);
    long acknowledged = 0;
    for (int round = 0; round < KILLS; round++) {
      long before = acknowledged;
      acknowledged = appendUntilKilled(acknowledged, random.nextInt(200));
      assertThat(acknowledged).as("round %d, seed %d", round, seed).isGreaterThan(before);
      assertThat(readBack()).as("round %d", round).isGreaterThanOrEqualTo(acknowledged);
    }
  }

  /** The last number that the process said it had synced. */
  private long appendUntilKilled(long acknowledged, int afterMore) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Appender.class.getName(),
                file().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long last = acknowledged;
    try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
      int lines = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = Long.parseLong(line);
        if (lines++ == afterMore) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    return last;
  }

  /** Reads all records, which have to be 0, 1, 2 and so on; how many there are. */
  private long readBack() throws IOException {
    long[] count = {0};
    RecordLog.open(
            file(),
            Appender.HEADER,
            (offset, record) -> assertThat(record).isEqualTo(Appender.record(count[0]++)))
        .close();
    return count[0];
  }

  private Path file() {
    return folder.resolve("numbers.log");
  }
}
