package dev.qudag.node.fleet;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Two minutes of it; {@code make soak} plays a quarter of an hour, of another seed each time. */
class SoakIT {
  private static final long SEED = Long.getLong("qudag.soak.seed", 1);
  private static final Duration TIME = Duration.ofMinutes(Long.getLong("qudag.soak.minutes", 2));

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void whatWasAcceptedEndsOnceAndNothingIsLostThoughNodesAreKilled() throws Exception {
    try (var soak = new Soak(folder, SEED)) {
      soak.assemble();
      soak.run(TIME);
      soak.audit();
    } catch (Exception | AssertionError e) {
      fail(
          "seed %d fails, play it again with: make soak SEED=%d MINUTES=%d (volumes and logs: %s)"
              .formatted(SEED, SEED, TIME.toMinutes(), folder),
          e);
    }
  }
}
