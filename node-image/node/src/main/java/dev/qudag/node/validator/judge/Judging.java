package dev.qudag.node.validator.judge;

import dev.qudag.consensus.attestation.Word;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.crypto.Digest;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Judges decisions, two at a time, each until there is an opinion, and each once. Of those that
 * nobody but another validator wants there is one at a time: a faulty one can bring as many as
 * there is room for, each of which takes a merge to see through. As long as there is none, because
 * hub or git failed or the state is not there yet, this validator abstains. So it does with a
 * decision that is too much for it, by an {@link Error}.
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
  private final ExecutorService judging = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("judge-retry").factory());
  private volatile boolean closing;

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

  private void judge(Decision decision) {
    Digest digest = decision.digest();
    boolean concluded = false;
    try {
      concluded = isWanted.test(digest) ? judgeInTurn(decision) : judgeOneByOne(decision);
    } catch (IOException | RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "no opinion on {0} yet: {1}", digest.shortHex(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } finally {
      underJudgement.remove(digest);
    }
    if (!concluded) {
      judgeLater(decision);
    }
  }

  /** While it waits it may come to be wanted: a faulty validator may just have been faster. */
  private boolean judgeOneByOne(Decision decision) throws IOException, InterruptedException {
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

  /** Whether there is an opinion, or none is asked for any more. */
  private boolean judgeInTurn(Decision decision) throws IOException, InterruptedException {
    slots.acquire();
    try {
      return closing || conclude(decision.digest(), judge.judge(decision));
    } finally {
      slots.release();
    }
  }

  /**
   * What could not be judged is judged again: also when the block that it waited for became final
   * while it was judged, after which none may follow.
   */
  private synchronized void judgeLater(Decision decision) {
    if (!closing && isOpen.test(decision.digest())) {
      var unused = clock.schedule(() -> start(decision), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Whether there is an opinion, which is said then. */
  private boolean conclude(Digest digest, Opinion opinion) {
    return switch (opinion) {
      case Opinion.Approve() -> speak(new Word(digest, Verdict.APPROVE, ""));
      case Opinion.Reject(String reason) ->
          speak(new Word(digest, Verdict.REJECT, Line.of(reason)));
      case Opinion.NotYet() -> false;
    };
  }

  private boolean speak(Word word) {
    LOG.log(
        System.Logger.Level.INFO,
        "{0} {1} {2}",
        word.verdict(),
        word.decision().shortHex(),
        word.reason());
    isJudged(word.decision());
    say.accept(word);
    return true;
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
