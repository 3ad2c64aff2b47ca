package dev.qudag.node.hub.upstream;

import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.book.Changes;
import dev.qudag.node.hub.landing.ChainLog;
import dev.qudag.node.hub.landing.Course;
import dev.qudag.node.hub.landing.Landing;
import dev.qudag.node.hub.landing.Obstacle;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps the branch in step with upstream's, by what the validators decide on the hub's word. It
 * knows nothing that it does not find again: where chain, branch and upstream stand.
 *
 * <pre>
 *   InStep --- a landing finds upstream elsewhere ---&gt; TakingBack --- void is final ---+
 *     |  ^                                                                             |
 *     |  +-- adoption is final -- Adopting &lt;-- operator signs -- Offered &lt;-------------+
 *     +------------ upstream is ahead -----------------------------^
 *   any -- upstream says no, or nothing --&gt; Stopped -- looked at again --&gt; any
 * </pre>
 */
public final class Following implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Following.class.getName());
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final String WHY = "upstream went another way";

  private final Landing landing;
  private final ChainLog chain;
  private final String branch;
  private final Outside outside;
  private final Changes changes;
  private final Predicate<Digest> isRejected;
  private final InstantSource clock;
  private final Thread worker = Thread.ofVirtual().name("follow-upstream").unstarted(this::run);
  private volatile boolean closed;
  private volatile Standing standing = new Standing.InStep();
  private long nextLook;

  private sealed interface Standing {
    record InStep() implements Standing {}

    record TakingBack(Course.TakeBack course, VoidDecision decision) implements Standing {}

    record Offered(Offer offer) implements Standing {}

    record Adopting(Offer offer, AdoptDecision decision) implements Standing {}

    record Stopped(Obstacle why) implements Standing {}
  }

  /**
   * @param branch full ref name here
   * @param isRejected whether a quorum of validators rejects a decision
   */
  public Following(
      Landing landing,
      ChainLog chain,
      String branch,
      Outside outside,
      Changes changes,
      Predicate<Digest> isRejected,
      InstantSource clock) {
    this.landing = landing;
    this.chain = chain;
    this.branch = branch;
    this.outside = outside;
    this.changes = changes;
    this.isRejected = isRejected;
    this.clock = clock;
  }

  public void start() {
    worker.start();
  }

  /** What the validators have to judge. */
  public Optional<Decision> pending() {
    return switch (standing) {
      case Standing.TakingBack(Course.TakeBack course, VoidDecision decision) ->
          isHead(course.head()) ? Optional.of(decision) : Optional.empty();
      case Standing.Adopting(Offer offer, AdoptDecision decision) ->
          isHead(offer.base()) ? Optional.of(decision) : Optional.empty();
      case Standing.InStep _, Standing.Offered _, Standing.Stopped _ -> Optional.empty();
    };
  }

  /** What waits for the operator's signature. */
  public Optional<Offer> offered() {
    return standing instanceof Standing.Offered(Offer offer) && isHead(offer.base())
        ? Optional.of(offer)
        : Optional.empty();
  }

  /** Why nothing lands, as far as a look at upstream shows it. */
  public Optional<Obstacle> obstacle() {
    return standing instanceof Standing.Stopped(Obstacle why) ? Optional.of(why) : Optional.empty();
  }

  /**
   * Whether what is decided for the branch now could not land: it is known to go elsewhere first.
   */
  public boolean isMoving() {
    return switch (standing) {
      case Standing.TakingBack _, Standing.Offered _, Standing.Adopting _ -> true;
      case Standing.InStep _, Standing.Stopped _ -> false;
    };
  }

  /** Takes the operator's word for what was offered; false when that was something else. */
  public synchronized boolean endorse(AdoptDecision decision) {
    return switch (standing) {
      case Standing.Offered(Offer offer)
          when offer.hubSignature().equals(decision.hubSignature()) -> {
        set(new Standing.Adopting(offer, decision));
        yield true;
      }
      case Standing.Adopting(Offer _, AdoptDecision before) ->
          before.digest().equals(decision.digest());
      case Standing.InStep _, Standing.Offered _, Standing.TakingBack _, Standing.Stopped _ ->
          false;
    };
  }

  private void run() {
    try {
      while (!closed) {
        long seen = changes.count();
        try {
          step(clock.millis());
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.WARNING, "upstream", e);
        }
        var unused = changes.awaitOtherThan(seen, TICK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * One look at how things stand; upstream is asked when it is time, or when something moved. For
   * one caller at a time.
   *
   * @param now milliseconds since 1970
   */
  public void step(long now) {
    Optional<Course.TakeBack> parted = landing.parted();
    boolean isTime = now >= nextLook;
    if (parted.isPresent()) {
      take(parted.get(), isTime);
    } else if (isTime || isOver()) {
      take(landing.compare(outside.upstream()), isTime);
    } else {
      return;
    }
    if (isTime) {
      nextLook = now + outside.pace().toMillis();
    }
  }

  /** Whether the validators have decided what was pending. */
  private boolean isOver() {
    return switch (standing) {
      case Standing.TakingBack _ -> true; // nothing is parted any more
      case Standing.Offered(Offer offer) -> !isHead(offer.base());
      case Standing.Adopting(Offer offer, AdoptDecision _) -> !isHead(offer.base());
      case Standing.Stopped(Obstacle why) -> why.reason().equals(Obstacle.UNREACHABLE);
      case Standing.InStep _ -> false;
    };
  }

  private boolean isHead(ObjectId commit) {
    return chain.state().head(branch).filter(commit.hex()::equals).isPresent();
  }

  /**
   * @param again whether what was rejected is said again: it may have been too early
   */
  private synchronized void take(Course course, boolean again) {
    switch (course) {
      case Course.InStep() -> set(new Standing.InStep());
      case Course.Stopped(Obstacle why) -> set(new Standing.Stopped(why));
      case Course.TakeBack back -> takeBack(back, again);
      case Course.Adopt(ObjectId base, ObjectId commit) -> offer(base, commit, again);
    }
  }

  private void takeBack(Course.TakeBack course, boolean again) {
    boolean isSaid =
        standing instanceof Standing.TakingBack(Course.TakeBack said, VoidDecision decision)
            && said.equals(course)
            && !(again && isRejected.test(decision.digest()));
    if (!isSaid) {
      var decision =
          VoidDecision.sign(
              chain.state().chainId(),
              branch,
              course.head().hex(),
              course.first(),
              WHY,
              outside.hub());
      set(new Standing.TakingBack(course, decision));
    }
  }

  private void offer(ObjectId base, ObjectId commit, boolean again) {
    long voids = chain.state().voids(branch);
    boolean isSaid =
        switch (standing) {
          case Standing.Offered(Offer offer) -> offer.isOf(base, commit, voids);
          case Standing.Adopting(Offer offer, AdoptDecision decision) ->
              offer.isOf(base, commit, voids) && !(again && isRejected.test(decision.digest()));
          case Standing.InStep _, Standing.TakingBack _, Standing.Stopped _ -> false;
        };
    if (!isSaid) {
      byte[] said =
          AdoptDecision.signedBytes(chain.state().chainId(), branch, base.hex(), commit.hex());
      set(new Standing.Offered(new Offer(base, commit, voids, outside.hub().sign(said))));
    }
  }

  private void set(Standing next) {
    boolean isNews = !standing.equals(next);
    standing = next;
    if (isNews) {
      changes.signal();
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    worker.interrupt();
    worker.join();
  }
}
