package dev.qudag.node.validator.judge;

import dev.qudag.consensus.attestation.Word;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.crypto.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Judges decisions, two at a time, each until there is an opinion, and each once. Of those that
 * nobody but another validator wants there is one at a time: a faulty one can bring as many as
 * there is room for, each of which takes a merge to see through. As long as there is none this
 * validator abstains: when what it takes to judge is not known here yet, until more is known; when
 * hub or git failed, or the decision is too much for it, by an {@link Error}, for a while.
 */
public final class Judging implements AutoCloseable {
  /** Forms an opinion on a decision. */
  @FunctionalInterface
  public interface Judge {
    /**
     * @throws IOException when there is none for now, as for every failure
     */
    Opinion judge(Decision decision) throws IOException;
  }

  private static final System.Logger LOG = System.getLogger(Judging.class.getName());
  private static final int JUDGED_AT_ONCE = 2;
  private static final long RETRY_MILLIS = 1000;
  private static final long LOOK_AGAIN_MILLIS = 100;

  private final Judge judge;
  private final Predicate<Digest> isOpen;
  private final Consumer<Word> say;
  private final Predicate<Digest> isWanted;
  private final Semaphore slots = new Semaphore(JUDGED_AT_ONCE, true);
  private final Semaphore ofUnwanted = new Semaphore(JUDGED_AT_ONCE - 1, true);
  private final Set<Digest> underJudgement = ConcurrentHashMap.newKeySet();
  private final Set<Digest> judged = ConcurrentHashMap.newKeySet();

  /** How often more has come to be known. Grows before what waits for it is started. */
  private final AtomicLong known = new AtomicLong();

  private final ExecutorService judging = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("judge-retry").factory());
  private volatile boolean closing;

  /** When a decision is judged again. */
  private sealed interface Again {
    /** There is an opinion, or none is asked for any more. */
    record Never() implements Again {}

    /**
     * What it takes was not known.
     *
     * @param known how often more had come to be known before it was judged
     */
    record WhenMoreIsKnown(long known) implements Again {}

    /** Something failed, and nobody tells when it works again. */
    record AfterAWhile() implements Again {}
  }

  /**
   * Judges nothing yet.
   *
   * @param isOpen whether it is still worth judging a decision
   * @param isWanted whether hub or operator want a decision
   * @param say takes the word that comes of a judgement
   */
  public Judging(
      Judge judge, Predicate<Digest> isOpen, Predicate<Digest> isWanted, Consumer<Word> say) {
    this.judge = judge;
    this.isOpen = isOpen;
    this.isWanted = isWanted;
    this.say = say;
  }

  /** This validator has spoken of the decision: it is not judged again. */
  public void isJudged(Digest decision) {
    judged.add(decision);
  }

  /** The decision will not come again. */
  public void forget(Digest decision) {
    judged.remove(decision);
  }

  /** Judges the decision, unless it was judged or is being judged. */
  public synchronized void start(Decision decision) {
    Digest digest = decision.digest();
    if (!closing && !judged.contains(digest) && underJudgement.add(digest)) {
      judging.execute(() -> judge(decision));
    }
  }

  /**
   * A block is final, or evidence came: what was not known before may be now.
   *
   * @param open the decisions that have not ended
   */
  public void moreIsKnown(List<Decision> open) {
    known.incrementAndGet();
    open.forEach(this::start);
  }

  private void judge(Decision decision) {
    Digest digest = decision.digest();
    Again again = new Again.AfterAWhile();
    try {
      again = isWanted.test(digest) ? judgeInTurn(decision) : judgeOneByOne(decision);
    } catch (IOException | RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "no opinion on {0} yet: {1}", digest.shortHex(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } finally {
      underJudgement.remove(digest);
    }
    judgeAgain(decision, again);
  }

  /** While it waits it may come to be wanted: a faulty validator may just have been faster. */
  private Again judgeOneByOne(Decision decision) throws IOException, InterruptedException {
    while (!ofUnwanted.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
      if (isWanted.test(decision.digest())) {
        return judgeInTurn(decision);
      }
    }
    try {
      return judgeInTurn(decision);
    } finally {
      ofUnwanted.release();
    }
  }

  private Again judgeInTurn(Decision decision) throws IOException, InterruptedException {
    slots.acquire();
    try {
      if (closing) {
        return new Again.Never();
      }
      long before = known.get();
      return conclude(decision.digest(), judge.judge(decision), before);
    } finally {
      slots.release();
    }
  }

  /** What came to be known while it was judged may be what it waits for, and the last to come. */
  private synchronized void judgeAgain(Decision decision, Again when) {
    if (closing || !isOpen.test(decision.digest())) {
      return;
    }
    switch (when) {
      case Again.Never() -> {}
      case Again.WhenMoreIsKnown(long before) -> {
        if (known.get() != before) {
          start(decision);
        }
      }
      case Again.AfterAWhile() -> {
        var unused = clock.schedule(() -> start(decision), RETRY_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** An opinion is said at once. */
  private Again conclude(Digest digest, Opinion opinion, long before) {
    return switch (opinion) {
      case Opinion.Approve() -> speak(new Word(digest, Verdict.APPROVE, ""));
      case Opinion.Reject(String reason) ->
          speak(new Word(digest, Verdict.REJECT, Line.of(reason)));
      case Opinion.NotYet() -> new Again.WhenMoreIsKnown(before);
    };
  }

  private Again speak(Word word) {
    LOG.log(
        System.Logger.Level.INFO,
        "{0} {1} {2}",
        word.verdict(),
        word.decision().shortHex(),
        word.reason());
    isJudged(word.decision());
    say.accept(word);
    return new Again.Never();
  }

  /** Returns when the judgements under way have ended, whose files are the node's until then. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      clock.shutdownNow();
    }
    judging.close();
  }
}
