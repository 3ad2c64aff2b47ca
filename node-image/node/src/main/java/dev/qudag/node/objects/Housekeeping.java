package dev.qudag.node.objects;

import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.process.GitException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Has a repository's files gathered when they have become many, beside all other work. */
public final class Housekeeping implements AutoCloseable {
  /** How often somebody looks. */
  public static final Duration PACE = Duration.ofMinutes(1);

  private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());

  private final GitRepository repository;
  private final Duration pace;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread worker = Thread.ofVirtual().name("housekeeping").unstarted(this::work);

  public Housekeeping(GitRepository repository, Duration pace) {
    this.repository = repository;
    this.pace = pace;
  }

  public void start() {
    worker.start();
  }

  private void work() {
    try {
      while (!closed.await(pace.toMillis(), TimeUnit.MILLISECONDS)) {
        tidy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tidy() {
    try {
      var files = repository.files();
      if (files.areMany()) {
        files.gather();
      }
    } catch (GitException | UncheckedIOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the object files of {0} are not gathered: {1}",
          repository.directory(),
          e.getMessage());
    }
  }

  /** Ends at once; a gathering under way is left to git, which may be killed at any point of it. */
  @Override
  public void close() {
    closed.countDown();
    worker.interrupt();
  }
}
