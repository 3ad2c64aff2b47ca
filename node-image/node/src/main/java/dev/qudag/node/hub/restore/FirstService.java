package dev.qudag.node.hub.restore;

import dev.qudag.node.disk.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Holds a hub back on a volume that was never in service, until it has all that validators hold.
 * The file {@code in-service} says that it was.
 */
public final class FirstService {
  private static final System.Logger LOG = System.getLogger(FirstService.class.getName());

  /**
   * How long validators that do not answer are waited for, once enough do. A proposal that was
   * answered the moment before the volume was lost may be with f + 1 of them alone.
   */
  public static final Duration GRACE = Duration.ofSeconds(10);

  private final Path mark;
  private final Duration pause;
  private final Duration grace;
  private final Consumer<String> wanting;

  /**
   * @param pause between two attempts
   * @param grace for validators that do not answer
   * @param wanting told what is still missing; empty text when nothing
   */
  public FirstService(Path data, Duration pause, Duration grace, Consumer<String> wanting) {
    this.mark = data.resolve("in-service");
    this.pause = pause;
    this.grace = grace;
    this.wanting = wanting;
  }

  /** Returns when the hub may serve. */
  public void await(Restore restore) throws IOException, InterruptedException {
    String last = "";
    Optional<Long> patientUntil = Optional.empty();
    while (!Files.exists(mark)) {
      Restore.Result result = restore.attempt();
      if (result instanceof Restore.Result.Complete done) {
        if (patientUntil.isEmpty()) {
          patientUntil = Optional.of(System.nanoTime() + grace.toNanos());
        }
        if (done.all() || System.nanoTime() - patientUntil.get() >= 0) {
          enter(done);
          break;
        }
      }
      String why = lacking(result);
      if (!why.equals(last)) {
        LOG.log(System.Logger.Level.WARNING, "not in service: {0}", why);
        wanting.accept("not in service: " + why);
        last = why;
      }
      Thread.sleep(pause);
    }
    wanting.accept("");
  }

  private String lacking(Restore.Result result) {
    return switch (result) {
      case Restore.Result.Complete _ ->
          "not all validators have said what they keep: waiting %d s for the others"
              .formatted(grace.toSeconds());
      case Restore.Result.Refused(String why) -> why;
    };
  }

  private void enter(Restore.Result.Complete done) throws IOException {
    LOG.log(
        System.Logger.Level.INFO,
        "in service at height {0}, {1} open decisions, {2} proposals that validators kept",
        done.height(),
        done.open(),
        done.proposals());
    DurableFiles.write(mark, (done.height() + "\n").getBytes(StandardCharsets.US_ASCII));
  }
}
