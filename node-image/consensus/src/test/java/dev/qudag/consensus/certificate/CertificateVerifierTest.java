package dev.qudag.consensus.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.Verification.NotProven;
import dev.qudag.consensus.certificate.Verification.Proven;
import dev.qudag.consensus.certificate.Verification.Reason;
import dev.qudag.consensus.chain.Applied;
import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.encoding.MerklePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CertificateVerifierTest {
  private static final Digest NOWHERE = TestingChain.digest("nowhere");

  private final TestingChain chain = new TestingChain(4);
  private final MergeDecision first = chain.merge(chain.state(), "a");
  private final MergeDecision second = second(first);
  private final BlockPayload payload =
      new BlockPayload(List.of(chain.order(first), chain.order(second)));

  /**
   * The block with the decisions, an empty one upon it, and another: the last is directly final.
   */
  private final BlockHeader holder = header(5, 7, NOWHERE, payload.digest(), 2);

  private final BlockHeader child = empty(6, 8, holder);
  private final BlockHeader top = empty(7, 11, child);
  private final List<BlockHeader> headers = List.of(top, child, holder);
  private final DecisionCertificate good =
      certificate(sign(Ballot.finalize(top), 0, 2, 3), headers);

  @Test
  void provesADecisionThatIsFinalThroughADescendant() {
    Verification result =
        CertificateVerifier.verify(
            good.encode(), chain.genesis().encode(), chain.genesis().digest());
    assertThat(result)
        .isEqualTo(
            new Proven(
                chain.genesis().chainId(),
                second.digest(),
                5,
                7,
                List.of("hello-v0", "hello-v2", "hello-v3"),
                3));
    assertThat(verifier().verify(good, second)).isEqualTo(result);
  }

  @Test
  void isOfTheSizeThatThePublishedTableGives() {
    DecisionCertificate direct =
        certificate(sign(Ballot.finalize(holder), 0, 1, 2), List.of(holder));
    assertThat(direct.encode().length).isBetween(13_900, 14_600);
    assertThat(DecisionCertificate.decode(direct.encode())).isEqualTo(direct);
  }

  @Test
  void aLoneValidatorProves() {
    TestingChain lone = new TestingChain(1);
    MergeDecision decision = lone.merge(lone.state(), "a");
    BlockPayload one = new BlockPayload(List.of(lone.order(decision)));
    BlockHeader block =
        new BlockHeader(lone.genesis().chainId(), 0, 1, 1, NOWHERE, one.digest(), 1);
    Ballot ballot = Ballot.finalize(block);
    Bytes signature = lone.validator(0).sign(ballot.encode());
    Certificate certificate = new Certificate(ballot, Bytes.of((byte) 1), List.of(signature));
    DecisionCertificate proof =
        DecisionCertificate.of(lone.genesis(), new Finality(certificate, List.of(block)), one, 0);
    assertThat(CertificateVerifier.of(lone.genesis()).verify(proof, decision))
        .isInstanceOf(Proven.class);
  }

  @Test
  void refusesAGenesisOfAnotherFingerprint() {
    Verification result =
        CertificateVerifier.verify(good.encode(), chain.genesis().encode(), NOWHERE);
    assertThat(reason(result)).isEqualTo(Reason.WRONG_GENESIS);
  }

  @Test
  void refusesAnotherDecision() {
    assertThat(reason(verifier().verify(good, first))).isEqualTo(Reason.OTHER_DECISION);
  }

  @Test
  void refusesTwoSignaturesOfThree() {
    assertThat(reason(certificate(sign(Ballot.finalize(top), 0, 1), headers)))
        .isEqualTo(Reason.TOO_FEW_SIGNERS);
  }

  /** The known trap: a repeated signer is one signer, whatever index it claims. */
  @Test
  void refusesARepeatedSigner() {
    Certificate quorum = sign(Ballot.finalize(top), 0, 1, 2);
    Bytes one = quorum.signatures().getFirst();
    Certificate repeated =
        new Certificate(quorum.ballot(), quorum.signers(), List.of(one, one, one));
    assertThat(reason(certificate(repeated, headers))).isEqualTo(Reason.BAD_SIGNATURE);
  }

  /** The known trap: signers that the set does not have, alone or on top of a quorum. */
  @Test
  void refusesUnknownAndTooManySigners() {
    Certificate quorum = sign(Ballot.finalize(top), 0, 1, 2, 3);
    List<Bytes> signatures = new ArrayList<>(quorum.signatures());
    signatures.add(SigningKey.generate().sign(quorum.ballot().encode()));
    Certificate tooMany = new Certificate(quorum.ballot(), Bytes.of((byte) 0x1f), signatures);
    assertThat(reason(certificate(tooMany, headers))).isEqualTo(Reason.UNKNOWN_SIGNER);
  }

  @Test
  void refusesAnUnregisteredKey() {
    Certificate quorum = sign(Ballot.finalize(top), 0, 1, 2);
    List<Bytes> signatures = new ArrayList<>(quorum.signatures());
    signatures.set(1, SigningKey.generate().sign(quorum.ballot().encode()));
    Certificate forged = new Certificate(quorum.ballot(), quorum.signers(), signatures);
    assertThat(reason(certificate(forged, headers))).isEqualTo(Reason.BAD_SIGNATURE);
  }

  @Test
  void refusesSignaturesInAnotherOrder() {
    Certificate quorum = sign(Ballot.finalize(top), 0, 1, 2);
    List<Bytes> turned = new ArrayList<>(quorum.signatures());
    Collections.reverse(turned);
    Certificate shuffled = new Certificate(quorum.ballot(), quorum.signers(), turned);
    assertThat(reason(certificate(shuffled, headers))).isEqualTo(Reason.BAD_SIGNATURE);
  }

  /** The known trap: votes of another kind, view or block, replayed. */
  @Test
  void refusesVotesForSomethingElse() {
    Ballot notarize =
        new Ballot(BallotKind.NOTARIZE, top.chainId(), top.epoch(), top.view(), top.digest());
    assertThat(reason(certificate(sign(notarize, 0, 1, 2), headers)))
        .isEqualTo(Reason.NOT_FINALIZE);
    assertThat(reason(certificate(sign(Ballot.finalize(child), 0, 1, 2), headers)))
        .isEqualTo(Reason.OTHER_BLOCK);
    Ballot otherView =
        new Ballot(BallotKind.FINALIZE, top.chainId(), top.epoch(), top.view() + 1, top.digest());
    assertThat(reason(certificate(sign(otherView, 0, 1, 2), headers)))
        .isEqualTo(Reason.OTHER_BLOCK);
  }

  @Test
  void refusesAnotherChainOrEpoch() {
    BlockHeader foreign = new BlockHeader(NOWHERE, 0, 5, 7, NOWHERE, payload.digest(), 2);
    assertThat(reason(certificate(sign(Ballot.finalize(foreign), 0, 1, 2), List.of(foreign))))
        .isEqualTo(Reason.WRONG_CHAIN);
    BlockHeader later = new BlockHeader(holder.chainId(), 1, 5, 7, NOWHERE, payload.digest(), 2);
    assertThat(reason(certificate(sign(Ballot.finalize(later), 0, 1, 2), List.of(later))))
        .isEqualTo(Reason.WRONG_EPOCH);
  }

  @Test
  void refusesABrokenHeaderChain() {
    Certificate quorum = good.finality().certificate();
    assertThat(reason(certificate(quorum, List.of(top, holder))))
        .isEqualTo(Reason.BROKEN_HEADER_CHAIN);
    BlockHeader stranger = header(6, 8, NOWHERE, payload.digest(), 2);
    assertThat(reason(certificate(quorum, List.of(top, stranger, holder))))
        .isEqualTo(Reason.BROKEN_HEADER_CHAIN);
    BlockHeader sameView = empty(6, 7, holder);
    BlockHeader upon = empty(7, 11, sameView);
    assertThat(
            reason(
                certificate(sign(Ballot.finalize(upon), 0, 1, 2), List.of(upon, sameView, holder))))
        .isEqualTo(Reason.BROKEN_HEADER_CHAIN);
  }

  @Test
  void refusesAPathToAnotherPlaceOrOfAnotherCount() {
    MerklePath path = good.path();
    for (MerklePath other :
        List.of(
            new MerklePath(2, 0, path.siblings()),
            new MerklePath(3, 1, path.siblings()),
            new MerklePath(2, 1, List.of(NOWHERE)),
            new MerklePath(1, 0, List.of()))) {
      assertThat(reason(with(good, good.decisionDigest(), other))).isEqualTo(Reason.PATH_MISMATCH);
    }
    assertThat(reason(with(good, NOWHERE, path))).isEqualTo(Reason.PATH_MISMATCH);
  }

  @Test
  void refusesAnotherValidatorSet() {
    DecisionCertificate other =
        new DecisionCertificate(
            NOWHERE, good.finality(), good.decisionDigest(), good.approvalsDigest(), good.path());
    assertThat(reason(other)).isEqualTo(Reason.WRONG_VALIDATOR_SET);
  }

  /** Whatever bit is turned, nothing is proven and nothing fails otherwise. */
  @Test
  void noDamagedCertificateProvesAnything() {
    byte[] genesis = chain.genesis().encode();
    byte[] encoded = good.encode();
    long seed = 20_261_121;
    Random random = new Random(seed);
    for (int round = 0; round < 600; round++) {
      byte[] changed = encoded.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      assertThat(CertificateVerifier.verify(changed, genesis, chain.genesis().digest()))
          .as("seed %d round %d", seed, round)
          .isInstanceOf(NotProven.class);
    }
    for (int length = 0; length < encoded.length; length += 97) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThat(reason(CertificateVerifier.verify(cut, genesis, chain.genesis().digest())))
          .isEqualTo(Reason.MALFORMED);
    }
  }

  private MergeDecision second(MergeDecision before) {
    Applied applied = chain.state().apply(chain.order(before));
    return chain.merge(((Applied.Accepted) applied).next(), "b");
  }

  private BlockHeader header(
      long height, long view, Digest parent, Digest payloadDigest, int count) {
    return new BlockHeader(
        chain.genesis().chainId(), 0, height, view, parent, payloadDigest, count);
  }

  private BlockHeader empty(long height, long view, BlockHeader parent) {
    return header(height, view, parent.digest(), BlockPayload.EMPTY.digest(), 0);
  }

  private Certificate sign(Ballot ballot, int... signers) {
    BitSet bits = new BitSet();
    Arrays.stream(signers).forEach(bits::set);
    List<Bytes> signatures =
        bits.stream().mapToObj(i -> chain.validator(i).sign(ballot.encode())).toList();
    return new Certificate(ballot, Bytes.of(bits.toByteArray()), signatures);
  }

  private DecisionCertificate certificate(
      Certificate certificate, List<BlockHeader> chainOfHeaders) {
    return DecisionCertificate.of(
        chain.genesis(), new Finality(certificate, chainOfHeaders), payload, 1);
  }

  private static DecisionCertificate with(DecisionCertificate c, Digest decision, MerklePath path) {
    return new DecisionCertificate(
        c.validatorSetRoot(), c.finality(), decision, c.approvalsDigest(), path);
  }

  private CertificateVerifier verifier() {
    return CertificateVerifier.of(chain.genesis());
  }

  private Reason reason(DecisionCertificate certificate) {
    return reason(verifier().verify(certificate));
  }

  private static Reason reason(Verification verification) {
    assertThat(verification).isInstanceOf(NotProven.class);
    return ((NotProven) verification).reason();
  }
}
