package dev.qudag.node.validator.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.attestation.Word;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JudgingTest {
  private final Decision decision = decision(0);
  private final List<Word> said = new CopyOnWriteArrayList<>();
  private final AtomicInteger judgements = new AtomicInteger();
  private final Set<Digest> wanted = ConcurrentHashMap.newKeySet();

  @Test
  void aDecisionThatCouldNotBeJudgedIsJudgedAgain() {
    assertIsJudgedAgainAfter(new IOException("no hub"));
  }

  @Test
  void aDecisionWhoseJudgementEndedByAnErrorIsJudgedAgain() {
    assertIsJudgedAgainAfter(new StackOverflowError("too deep"));
  }

  /** The other one fails, which nobody tells the end of: that is tried again by the clock. */
  @Test
  void aDecisionThatIsNotYetValidIsJudgedAgainWhenMoreIsKnownAndNotByTheClock() {
    AtomicInteger failures = new AtomicInteger();
    Decision failing = decision(1);
    Judging.Judge judge =
        judged -> {
          if (judged.equals(failing)) {
            if (failures.incrementAndGet() < 3) {
              throw new IOException("no hub");
            }
            return new Opinion.Approve();
          }
          return judgements.incrementAndGet() == 1 ? new Opinion.NotYet() : new Opinion.Approve();
        };
    try (Judging judging = new Judging(judge, open -> true, wanted -> true, said::add)) {
      judging.start(decision);
      await().until(() -> judgements.get() == 1);
      judging.start(failing);
      await().until(() -> !said.isEmpty());
      assertThat(judgements).hasValue(1);
      judging.moreIsKnown(List.of(decision, failing));
      await().until(() -> said.size() == 2);
    }
    assertThat(said).last().isEqualTo(new Word(decision.digest(), Verdict.APPROVE, ""));
    assertThat(failures).hasValue(3);
  }

  /** The block that it waits for may be the last one for long. */
  @Test
  void whatComesToBeKnownWhileADecisionIsJudgedIsNotMissed() {
    AtomicReference<Judging> open = new AtomicReference<>();
    Judging.Judge judge =
        judged -> {
          if (judgements.incrementAndGet() == 1) {
            open.get().moreIsKnown(List.of(judged));
            return new Opinion.NotYet();
          }
          return new Opinion.Approve();
        };
    try (Judging judging = new Judging(judge, any -> true, wanted -> true, said::add)) {
      open.set(judging);
      judging.start(decision);
      await().until(() -> !said.isEmpty());
    }
    assertThat(judgements).hasValue(2);
  }

  /** Each of them takes a merge, and a faulty validator may bring a hundred. */
  @Test
  void whatIsWantedIsJudgedWhileWhatOthersBroughtTakesLong() {
    assertIsJudgedBeforeTheOthers(() -> wanted.add(decision.digest()), () -> {});
  }

  @Test
  void whatIsWantedLaterNeedNotWaitForWhatOthersBrought() {
    assertIsJudgedBeforeTheOthers(() -> {}, () -> wanted.add(decision.digest()));
  }

  private void assertIsJudgedBeforeTheOthers(Runnable before, Runnable after) {
    CountDownLatch hanging = new CountDownLatch(1);
    Judging.Judge judge =
        judged -> {
          judgements.incrementAndGet();
          if (!judged.equals(decision)) {
            awaitEnd(hanging);
          }
          return new Opinion.Approve();
        };
    try (Judging judging = new Judging(judge, open -> true, wanted::contains, said::add)) {
      for (int i = 1; i <= 10; i++) {
        judging.start(decision(i));
      }
      try {
        await().until(() -> judgements.get() == 1);
        before.run();
        judging.start(decision);
        after.run();
        await().until(() -> !said.isEmpty());
        assertThat(said).containsExactly(new Word(decision.digest(), Verdict.APPROVE, ""));
      } finally {
        hanging.countDown();
      }
      await().until(() -> said.size() == 11);
    }
  }

  private static void awaitEnd(CountDownLatch hanging) throws InterruptedIOException {
    try {
      hanging.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the test ends");
    }
  }

  private void assertIsJudgedAgainAfter(Throwable failure) {
    Judging.Judge judge =
        judged -> {
          if (judgements.incrementAndGet() == 1) {
            rethrow(failure);
          }
          return new Opinion.Approve();
        };
    try (Judging judging = new Judging(judge, open -> true, wanted -> true, said::add)) {
      judging.start(decision);
      await().until(() -> !said.isEmpty());
    }
    assertThat(said).containsExactly(new Word(decision.digest(), Verdict.APPROVE, ""));
    assertThat(judgements).hasValue(2);
  }

  private static Decision decision(long sequence) {
    return new EngineDecision(
        Digest.ZERO,
        sequence,
        Digest.ZERO,
        Digest.sha256(new byte[] {1}),
        Bytes.of(new byte[VerifyingKey.SIGNATURE_SIZE]));
  }

  private static void rethrow(Throwable failure) throws IOException {
    switch (failure) {
      case IOException ioException -> throw ioException;
      case Error error -> throw error;
      default -> throw new IllegalArgumentException(failure);
    }
  }
}
