package dev.qudag.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.simplex.block.PayloadRules.Commitment;
import dev.qudag.crypto.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionPayloadsTest {
  private final TestingChain chain = new TestingChain(4);
  private final ChainState start = chain.state();
  private final DecisionPayloads rules = new DecisionPayloads();

  @Test
  void commitsToTheMerkleRootAndTheCount() {
    BlockPayload payload = new BlockPayload(List.of(chain.order(chain.merge(start, "a"))));
    assertThat(rules.commit(Bytes.of(payload.encode())))
        .contains(new Commitment(payload.digest(), 1));
    assertThat(rules.commit(Bytes.of(BlockPayload.EMPTY.encode())))
        .contains(new Commitment(BlockPayload.EMPTY.digest(), 0));
  }

  @Test
  void bytesThatAreNoPayloadAreNotValid() {
    Bytes noise = Bytes.of(new byte[] {1, 2, 3});
    assertThat(rules.commit(noise)).isEmpty();
    assertThat(rules.apply(start, noise)).isEmpty();
  }

  @Test
  void assemblesWhatBuildsOnEachOtherInWhateverOrderItWaits() {
    MergeDecision a = chain.merge(start, "a");
    MergeDecision b = chain.merge(start.after(a), "b");
    BlockPayload payload = assemble(item(chain.order(b)), item(chain.order(a)));
    assertThat(payload.decisions()).extracting(OrderedDecision::decision).containsExactly(a, b);
    assertThat(rules.apply(start, Bytes.of(payload.encode()))).isPresent();
  }

  /** The known trap: one bad decision poisoning a whole batch. */
  @Test
  void oneBadDecisionDoesNotPoisonTheBatch() {
    MergeDecision a = chain.merge(start, "a");
    MergeDecision rival = chain.merge(start, "rival");
    OrderedDecision unapproved = new OrderedDecision(chain.merge(start.after(a), "c"), List.of());
    BlockPayload payload =
        assemble(
            Bytes.of(new byte[] {9}),
            item(unapproved),
            item(chain.order(a)),
            item(chain.order(rival)));
    assertThat(payload.decisions()).extracting(OrderedDecision::decision).containsExactly(a);
  }

  @Test
  void assemblesNothingOutOfNothing() {
    assertThat(assemble()).isEqualTo(BlockPayload.EMPTY);
  }

  private BlockPayload assemble(Bytes... waiting) {
    return BlockPayload.decode(rules.assemble(start, List.of(waiting)).toArray());
  }

  private static Bytes item(OrderedDecision decision) {
    return Bytes.of(decision.encode());
  }
}
