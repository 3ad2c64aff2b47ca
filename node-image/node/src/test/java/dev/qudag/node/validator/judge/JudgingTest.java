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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JudgingTest {
  private final Decision decision =
      new EngineDecision(
          Digest.ZERO,
          0,
          Digest.ZERO,
          Digest.sha256(new byte[] {1}),
          Bytes.of(new byte[VerifyingKey.SIGNATURE_SIZE]));
  private final List<Word> said = new CopyOnWriteArrayList<>();
  private final AtomicInteger judgements = new AtomicInteger();

  @Test
  void aDecisionThatCouldNotBeJudgedIsJudgedAgain() {
    assertIsJudgedAgainAfter(new IOException("no hub"));
  }

  @Test
  void aDecisionWhoseJudgementEndedByAnErrorIsJudgedAgain() {
    assertIsJudgedAgainAfter(new StackOverflowError("too deep"));
  }

  private void assertIsJudgedAgainAfter(Throwable failure) {
    Judging.Judge judge =
        judged -> {
          if (judgements.incrementAndGet() == 1) {
            rethrow(failure);
          }
          return new Opinion.Approve();
        };
    try (Judging judging = new Judging(judge, open -> true, said::add)) {
      judging.start(decision);
      await().until(() -> !said.isEmpty());
    }
    assertThat(said).containsExactly(new Word(decision.digest(), Verdict.APPROVE, ""));
    assertThat(judgements).hasValue(2);
  }

  private static void rethrow(Throwable failure) throws IOException {
    switch (failure) {
      case IOException ioException -> throw ioException;
      case Error error -> throw error;
      default -> throw new IllegalArgumentException(failure);
    }
  }
}
