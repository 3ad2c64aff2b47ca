package dev.qudag.node.hub.restore;

import dev.qudag.node.disk.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Holds a hub back on a volume that was never in service, until it has all that validators hold.
 * The file {@code in-service} says that it was.
 */
public final class FirstService {
  private static final System.Logger LOG = System.getLogger(FirstService.class.getName());

  private final Path mark;
  private final Duration pause;
  private final Consumer<String> wanting;

  /**
   * @param pause between two attempts
   * @param wanting told what is still missing; empty text when nothing
   */
  public FirstService(Path data, Duration pause, Consumer<String> wanting) {
    this.mark = data.resolve("in-service");
    this.pause = pause;
    this.wanting = wanting;
  }

  /** Returns when the hub may serve. */
  public void await(Restore restore) throws IOException, InterruptedException {
    String last = "";
    while (!Files.exists(mark)) {
      switch (restore.attempt()) {
        case Restore.Result.Complete(long height, int open) -> {
          LOG.log(
              System.Logger.Level.INFO,
              "in service at height {0}, {1} open decisions",
              height,
              open);
          DurableFiles.write(mark, (height + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        case Restore.Result.Refused(String why) -> {
          if (!why.equals(last)) {
            LOG.log(System.Logger.Level.WARNING, "not in service: {0}", why);
            wanting.accept("not in service: " + why);
            last = why;
          }
          Thread.sleep(pause);
        }
      }
    }
    wanting.accept("");
  }
}
