package dev.qudag.node.hub.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.VerifyingKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionBookTest {
  @TempDir Path data;

  @Test
  void knowsChangesOfThePolicyAmongAllDecisionsAlsoAfterARestart() throws IOException {
    PolicyDecision first = change(0);
    PolicyDecision second = change(1);
    Decision engine = engine();
    DecisionBook book = DecisionBook.open(data);
    book.keep(first);
    book.keep(engine);
    book.keep(first);
    assertThat(book.changes()).containsExactly(first);

    DecisionBook reopened = DecisionBook.open(data);
    reopened.keep(second);
    assertThat(reopened.changes()).containsExactly(first, second);
    assertThat(reopened.find(engine.digest())).contains(engine);
  }

  @Test
  void keepsWhyOneWasRejectedAsItWasNotedFirst() throws IOException {
    PolicyDecision decision = change(0);
    DecisionBook book = DecisionBook.open(data);
    book.reject(decision.digest(), "of one that is not here");
    book.keep(decision);
    assertThat(book.rejection(decision.digest())).isEmpty();
    book.reject(decision.digest(), "TooLarge");
    book.reject(decision.digest(), "another");
    book.keep(decision);
    DecisionBook reopened = DecisionBook.open(data);
    assertThat(reopened.rejection(decision.digest())).contains("TooLarge");
    assertThat(reopened.find(decision.digest())).contains(decision);
  }

  private static PolicyDecision change(long sequence) {
    return PolicyDecision.sign(
        new PolicyChange(Digest.ZERO, sequence, Digest.ZERO, new Policy(List.of(), List.of())),
        NodeIdentity.generate().signingKey());
  }

  private static Decision engine() {
    return new EngineDecision(
        Digest.ZERO,
        0,
        Digest.ZERO,
        Digest.sha256(new byte[] {1}),
        Bytes.of(new byte[VerifyingKey.SIGNATURE_SIZE]));
  }
}
