package dev.qudag.node.workspace;

import dev.qudag.node.workspace.origin.Inbox;
import dev.qudag.node.workspace.vcs.CommandException;
import dev.qudag.node.workspace.vcs.Vcs;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the files every few seconds, tells the hub when they changed and at least every 30 s,
 * and follows the branch.
 */
final class Beat implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration TELL = Duration.ofSeconds(30);
  private static final System.Logger LOG = System.getLogger(Beat.class.getName());

  private final Workbench bench;
  private final Inbox inbox;
  private final HubGateway hub;
  private final String title;
  private final Path branchBundle;
  private final WorkspaceMetrics metrics;
  private final InstantSource clock;
  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().daemon().name("beat").unstarted(this::run);
  private volatile boolean closed;
  private @Nullable Revision told;
  private Instant toldAt = Instant.EPOCH;

  Beat(
      Workbench bench,
      Inbox inbox,
      HubGateway hub,
      String title,
      Path branchBundle,
      WorkspaceMetrics metrics,
      InstantSource clock) {
    this.bench = bench;
    this.inbox = inbox;
    this.hub = hub;
    this.title = title;
    this.branchBundle = branchBundle;
    this.metrics = metrics;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /** Does not wait for the next look. */
  void soon() {
    wanted.release();
  }

  private void run() {
    try {
      while (!closed) {
        try {
          beat(false);
        } catch (HubUnavailableException | CommandException | UncheckedIOException e) {
          metrics.notTold();
          LOG.log(System.Logger.Level.WARNING, "no heartbeat: " + e.getMessage());
        }
        boolean asked = wanted.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (asked) {
          wanted.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Fetches the branch as it is at the hub. */
  void follow() {
    beat(true);
  }

  /** Shows the agent the branch as it is at the hub; when the hub is away, as it was. */
  void refresh() {
    try {
      follow();
    } catch (HubUnavailableException | CommandException | UncheckedIOException e) {
      LOG.log(System.Logger.Level.WARNING, "the branch is shown as it was: " + e.getMessage());
    }
  }

  private synchronized void beat(boolean anyway) {
    Revision now = look();
    boolean due = Duration.between(toldAt, clock.instant()).compareTo(TELL) >= 0;
    if (!anyway && !due && now.equals(told)) {
      return;
    }
    String head = hub.heartbeat(now);
    metrics.told(now);
    told = now;
    toldAt = clock.instant();
    if (!head.equals(bench.head())) {
      fetch();
    }
  }

  /** Files in conflict are no revision: the hub hears of the last one, and that somebody works. */
  private Revision look() {
    try {
      return bench.look(title);
    } catch (Vcs.ConflictedException e) {
      return bench.lastRevision(e.paths());
    }
  }

  private void fetch() {
    Optional<Path> bundle = hub.fetchBranch(List.of(bench.head()), branchBundle);
    if (bundle.isPresent()) {
      inbox.show(bench.takeBranch(bundle.get()));
      told = null;
    }
  }

  /** A look under way is finished: to interrupt it would kill its git, which leaves a lock. */
  @Override
  public void close() {
    closed = true;
    wanted.release();
  }
}
