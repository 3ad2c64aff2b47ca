package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import dev.qudag.node.validator.pool.Bringer;
import dev.qudag.node.validator.pool.Brought;
import dev.qudag.node.validator.pool.DecisionPool;
import dev.qudag.node.validator.pool.PoolLimits;
import dev.qudag.node.validator.pool.TestingMembers;
import dev.qudag.proto.DecisionsHeld;
import dev.qudag.proto.DecisionsWanted;
import dev.qudag.proto.PeerFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionExchangeTest {
  private static final Bringer SWARM = new Bringer.Swarm();
  private static final SigningKey OPERATOR = SigningKey.generate();

  /** Of some 125 kB. */
  private static final Policy LONG_POLICY =
      new Policy(List.of(), Collections.nCopies(250, "x".repeat(500)));

  private final DecisionPool full = pool(1024);
  private final DecisionPool lacking = pool(1024);
  private final DecisionExchange giver = new DecisionExchange(full, 0);
  private final DecisionExchange taker = new DecisionExchange(lacking, 1);
  private int made;

  @Test
  void aGreetingIsAPageOfDigestsHoweverMuchIsOpen() {
    bring(full, 300);
    assertThat(giver.greeting())
        .allSatisfy(frame -> assertThat(frame.getSerializedSize()).isLessThan(4096))
        .hasSize(2);
    assertThat(lastPage(giver.greeting()).getDigestsCount()).isEqualTo(64);
  }

  @Test
  void whoLacksDecisionsGetsEachOfThemOnce() {
    bring(full, 300);
    assertThat(converse()).as("decisions sent").isEqualTo(300);
    assertThat(lacking.decisions()).containsExactlyInAnyOrderElementsOf(full.decisions());
  }

  @Test
  void whatBothKnowIsNotSent() {
    List<Decision> both = bring(full, 300);
    both.subList(0, 290).forEach(decision -> lacking.add(new Brought(SWARM, decision)));
    assertThat(converse()).isEqualTo(10);
    assertThat(converse()).isZero();
  }

  @Test
  void anAnswerIsBoundedInBytesAndOffersTheRestAgain() {
    List<Digest> large = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Decision decision =
          PolicyDecision.sign(new PolicyChange(Digest.ZERO, i, Digest.ZERO, LONG_POLICY), OPERATOR);
      full.add(new Brought(SWARM, decision));
      large.add(decision.digest());
    }
    Collections.sort(large);
    var asked = DecisionsWanted.newBuilder();
    large.forEach(digest -> asked.addDigests(ByteString.copyFrom(digest.bytes())));
    List<PeerFrame> answer = giver.answer(asked.build());
    int sent = answer.size() - 1;
    assertThat(answer.stream().limit(sent).mapToInt(PeerFrame::getSerializedSize).sum())
        .isBetween(1 << 20, (1 << 20) + answer.getFirst().getSerializedSize());
    assertThat(lastPage(answer).getDigests(0).toByteArray())
        .as("where the next page begins")
        .isEqualTo(large.get(sent).bytes());
  }

  @Test
  void nobodyAsksForMoreThanItsShareOfThePeerHolds() {
    bring(full, 64);
    var narrow = new DecisionExchange(pool(24), 1);
    PeerFrame answer = narrow.answer(0, lastPage(giver.greeting())).orElseThrow();
    assertThat(answer.getDecisionsWanted().getDigestsCount()).isEqualTo(4);
  }

  @Test
  void whoHasNoRoomAsksForNothing() {
    bring(full, 64);
    var pool = pool(24);
    for (int i = 0; i < 4; i++) {
      pool.add(new Brought(new Bringer.Validator(0), next()));
    }
    assertThat(new DecisionExchange(pool, 1).answer(0, lastPage(giver.greeting()))).isEmpty();
  }

  @Test
  void whatAnotherBroughtAndNobodyHereApprovesIsNotOffered() {
    full.add(new Brought(new Bringer.Validator(2), next()));
    assertThat(giver.greeting()).noneMatch(PeerFrame::hasDecisionsHeld);
  }

  @Test
  void aPageThatIsTooLongOrOfOtherThanDigestsIsMalformed() {
    var tooLong = DecisionsHeld.newBuilder();
    for (int i = 0; i < 65; i++) {
      tooLong.addDigests(ByteString.copyFrom(Digest.ZERO.bytes()));
    }
    assertThatThrownBy(() -> taker.answer(0, tooLong.build()))
        .isInstanceOf(MalformedEncodingException.class)
        .hasMessageContaining("65 digests");
    var noDigest = DecisionsWanted.newBuilder().addDigests(ByteString.copyFromUtf8("no")).build();
    assertThatThrownBy(() -> giver.answer(noDigest))
        .isInstanceOf(MalformedEncodingException.class)
        .hasMessageContaining("2 bytes");
    var noCursor = DecisionsWanted.newBuilder().setAfter(ByteString.copyFromUtf8("no")).build();
    assertThatThrownBy(() -> giver.answer(noCursor)).isInstanceOf(MalformedEncodingException.class);
  }

  /** Plays a greeting of the giver to its end; how many decisions travel. */
  private int converse() {
    int sent = 0;
    Deque<PeerFrame> toTaker = new ArrayDeque<>(giver.greeting());
    while (!toTaker.isEmpty()) {
      PeerFrame frame = toTaker.remove();
      switch (frame.getFrameCase()) {
        case DECISIONS_HELD -> {
          Optional<PeerFrame> answer = taker.answer(0, frame.getDecisionsHeld());
          answer.ifPresent(wanted -> toTaker.addAll(giver.answer(wanted.getDecisionsWanted())));
        }
        case DECISION -> {
          Decision decision = Decision.decode(frame.getDecision().toByteArray());
          assertThat(lacking.add(new Brought(SWARM, decision))).isTrue();
          sent++;
        }
        case DECISIONS_WANTED ->
            assertThat(frame.getDecisionsWanted().getDigestsCount()).as("nothing yet").isZero();
        case CONSENSUS, ATTESTATION, FRAME_NOT_SET -> throw new AssertionError(frame);
      }
    }
    return sent;
  }

  private static DecisionsHeld lastPage(List<PeerFrame> frames) {
    return frames.getLast().getDecisionsHeld();
  }

  private List<Decision> bring(DecisionPool pool, int count) {
    List<Decision> brought = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Decision decision = next();
      brought.add(decision);
      pool.add(new Brought(SWARM, decision));
    }
    return brought;
  }

  private Decision next() {
    return new EngineDecision(
        Digest.ZERO,
        made++,
        Digest.ZERO,
        Digest.sha256(new byte[] {1}),
        Bytes.of(new byte[VerifyingKey.SIGNATURE_SIZE]));
  }

  private static DecisionPool pool(int decisions) {
    return new DecisionPool(
        TestingMembers.ofWeights(1, 1, 1, 1), new PoolLimits(decisions, 8 << 20, 3));
  }
}
