package dev.qudag.consensus.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chain has a block of view 2 and one of view 5. */
class FinalityWatchTest {
  private final TestingChain chain = new TestingChain(4);
  private final TestingDeeds deeds = new TestingDeeds(chain, 0);
  private final FinalityWatch watch =
      new FinalityWatch(chain.genesis().chainId(), 0, ValidatorSets.of(chain.genesis()));

  @BeforeEach
  void finalizeTwo() {
    watch.finalized(deeds.header(2, 1));
    watch.finalized(deeds.header(5, 1));
  }

  private Certificate finalization(long view, int variant, int... signers) {
    return deeds.certificate(deeds.ballot(BallotKind.FINALIZE, view, variant), signers);
  }

  @Test
  void whatIsInTheChainIsNoViolation() {
    assertThat(watch.observe(finalization(2, 1, 0, 1, 2))).isEmpty();
    assertThat(watch.observe(finalization(5, 1, 1, 2, 3))).isEmpty();
  }

  @Test
  void anotherBlockOfAViewThatTheChainHasPassedIsOne() {
    Certificate sameView = finalization(5, 2, 1, 2, 3);
    Certificate between = finalization(3, 2, 1, 2, 3);
    assertThat(watch.observe(sameView)).contains(sameView);
    assertThat(watch.observe(between)).contains(between);
  }

  /** The chain may get there, or did so before anybody here remembers. */
  @Test
  void whatIsBeyondOrBeforeWhatIsKnownSaysNothing() {
    assertThat(watch.observe(finalization(6, 2, 1, 2, 3))).isEmpty();
    assertThat(watch.observe(finalization(1, 2, 1, 2, 3))).isEmpty();
  }

  @Test
  void whatProvesNothingIsNoViolation() {
    assertThat(watch.observe(finalization(5, 2, 1, 2))).as("no quorum").isEmpty();
    assertThat(watch.observe(deeds.certificate(deeds.ballot(BallotKind.NOTARIZE, 5, 2), 1, 2, 3)))
        .as("another block was notarized")
        .isEmpty();
    TestingDeeds later = new TestingDeeds(chain, 1);
    Certificate ofAnotherEpoch =
        later.certificate(later.ballot(BallotKind.FINALIZE, 5, 2), 1, 2, 3);
    assertThat(watch.observe(ofAnotherEpoch)).isEmpty();
  }
}
