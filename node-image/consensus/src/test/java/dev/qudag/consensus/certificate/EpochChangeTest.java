package dev.qudag.consensus.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.simplex.Effect;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.epoch.Handover;
import dev.qudag.consensus.simplex.epoch.Ready;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One epoch ends and the next starts, with real keys: a stranger follows from genesis. */
class EpochChangeTest {
  private static final int SIZE = 4;

  private final TestingChain chain = new TestingChain(SIZE);
  private final SigningKey newcomer = SigningKey.generate();
  private final List<SigningKey> oldKeys =
      IntStream.range(0, SIZE).mapToObj(chain::validator).toList();
  private final List<SigningKey> newKeys =
      List.of(chain.validator(1), chain.validator(2), chain.validator(3), newcomer);
  private final ValidatorSet oldSet = ValidatorSets.of(chain.genesis());
  private final SetDecision change =
      chain.change(chain.state(), List.of(0), List.of(TestingChain.newcomer(4, newcomer)));

  private TestingEpoch firstEpoch() {
    return TestingEpoch.first(chain.genesis(), chain.state(), oldKeys);
  }

  @Test
  void theNextSetGoesOnWhereTheSealEndedAndIsProvenFromGenesis() {
    TestingEpoch first = firstEpoch();
    MergeDecision before = chain.merge(chain.state(), "before");
    first.submit(chain.order(before), chain.order(change));
    ChainState sealed = first.state(0);
    assertThat(first.decided()).containsExactlyInAnyOrder(before, change);
    assertThat(sealed.membership().isSealed()).isTrue();

    MergeDecision late = chain.merge(sealed, "late");
    first.submit(chain.order(late));
    assertThat(first.decided()).as("a sealed epoch decides nothing more").doesNotContain(late);

    Effect.Finalized holder = first.holder(change);
    ChainState opened = sealed.openEpoch(holder.block().digest());
    Handover handover =
        Handover.of(holder.finality(), oldSet, ValidatorSets.of(opened.set())).orElseThrow();
    for (int place = 0; place < 3; place++) {
      assertThat(handover.tip(opened)).as("%d are ready", place).isEmpty();
      handover = handover.with(Ready.sign(handover.seal(), place, newKeys.get(place)::sign));
    }
    TestingEpoch second =
        new TestingEpoch(chain.genesis().chainId(), handover.tip(opened).orElseThrow(), newKeys);
    MergeDecision after = chain.merge(opened, "after");
    second.submit(TestingEpoch.approved(after, 1, newKeys.subList(0, 3)));

    assertThat(second.decided()).containsExactly(after);
    Effect.Finalized landed = second.holder(after);
    assertThat(landed.block().header().height()).isEqualTo(holder.block().header().height() + 1);
    Seal seal = new Seal(certificate(chain.state(), holder, change), change);
    assertThat(
            CertificateVerifier.of(chain.genesis())
                .verify(certificate(opened, landed, after), List.of(seal)))
        .isInstanceOf(Verification.Proven.class);
  }

  private static DecisionCertificate certificate(
      ChainState state, Effect.Finalized block, Decision decision) {
    int index = TestingEpoch.decisions(block).indexOf(decision);
    return DecisionCertificate.of(
        state.set(), block.finality(), TestingEpoch.payload(block), index);
  }

  /** The known trap: starting an epoch from a notarized seal. */
  @Test
  void anEpochDoesNotStartFromANotarizedSeal() {
    TestingEpoch first = firstEpoch();
    first.submit(chain.order(change));
    Finality finality = first.holder(change).finality();
    BlockHeader seal = finality.subject();
    Ballot notarize =
        new Ballot(BallotKind.NOTARIZE, seal.chainId(), seal.epoch(), seal.view(), seal.digest());
    Certificate notarization = certificate(notarize, 0, 1, 2);
    assertThat(notarization.isValid(oldSet)).isTrue();
    assertThat(handover(new Finality(notarization, List.of(seal)))).isEmpty();
    assertThat(handover(new Finality(certificate(Ballot.finalize(seal), 0, 1), List.of(seal))))
        .as("two of three signers")
        .isEmpty();
    assertThat(handover(finality)).isPresent();
  }

  private Optional<Handover> handover(Finality finality) {
    return Handover.of(
        finality,
        oldSet,
        ValidatorSets.of(chain.state().set().change(change.change().out(), change.change().in())));
  }

  private Certificate certificate(Ballot ballot, int... signers) {
    byte bits = 0;
    List<Bytes> signatures = new ArrayList<>();
    for (int signer : signers) {
      bits |= (byte) (1 << signer);
      signatures.add(oldKeys.get(signer).sign(ballot.encode()));
    }
    return new Certificate(ballot, Bytes.of(bits), signatures);
  }

  @Test
  void onlyDistinctMembersOfTheNextSetAreReadyAndOnlyForThisSeal() {
    TestingEpoch first = firstEpoch();
    first.submit(chain.order(change));
    BlockHeader seal = first.holder(change).finality().subject();
    Handover handover = handover(first.holder(change).finality()).orElseThrow();
    BlockHeader another =
        new BlockHeader(
            seal.chainId(),
            seal.epoch(),
            seal.height(),
            seal.view() + 1,
            seal.parentDigest(),
            seal.payloadDigest(),
            seal.payloadCount());
    Ready good = Ready.sign(seal, 0, newKeys.get(0)::sign);
    for (Ready word :
        List.of(
            Ready.sign(another, 1, newKeys.get(1)::sign),
            Ready.sign(seal, 1, chain.validator(0)::sign),
            Ready.sign(seal, 4, newKeys.get(1)::sign),
            new Ready(good.chainId(), 2, good.seal(), 0, good.signature()),
            new Ready(Digest.ZERO, 1, good.seal(), 0, good.signature()))) {
      assertThat(handover.with(word).ready()).as("%s", word).isEmpty();
    }
    Handover one = handover.with(good).with(good).with(Ready.decode(good.encode()));
    assertThat(one.ready()).hasSize(1);
    assertThat(one.isOpen()).isFalse();
  }
}
