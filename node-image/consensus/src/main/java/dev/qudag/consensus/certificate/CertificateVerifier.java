package dev.qudag.consensus.certificate;

import dev.qudag.consensus.certificate.Verification.NotProven;
import dev.qudag.consensus.certificate.Verification.Proven;
import dev.qudag.consensus.certificate.Verification.Reason;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.identity.Electorate;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.List;
import java.util.Optional;

/**
 * Verifies certificates offline. Whom to believe comes from genesis, and genesis from its
 * fingerprint, which the caller got from somewhere it trusts; nothing is believed on the
 * certificate's own word.
 *
 * <p>Genesis gives the electorate of the first epoch. Each {@link Seal} is proven by that of its
 * epoch and gives the next one's: its decision says who is in the set, and its block is the seed
 * that draws the committee of a large one. So a committee is worked out here, not taken on trust.
 */
public final class CertificateVerifier {
  private final Digest chainId;
  private final Electorate electorate;
  private final MemberSet voters;

  private CertificateVerifier(Digest chainId, Electorate electorate) {
    this.chainId = chainId;
    this.electorate = electorate;
    this.voters = electorate.voters();
  }

  /** A verifier for the first epoch of a chain whose genesis is known to be the right one. */
  public static CertificateVerifier of(Genesis genesis) {
    return new CertificateVerifier(genesis.chainId(), genesis.electorate());
  }

  /** A verifier for the epoch of an electorate that is known to be the right one. */
  public static CertificateVerifier of(Digest chainId, Electorate electorate) {
    return new CertificateVerifier(chainId, electorate);
  }

  /**
   * The same for a set in which everybody votes.
   *
   * @throws IllegalArgumentException when a committee votes for the set
   */
  public static CertificateVerifier of(Digest chainId, MemberSet set) {
    return new CertificateVerifier(chainId, new Electorate.Everybody(set));
  }

  /**
   * Verifies bytes against a genesis that has to have the expected fingerprint first.
   *
   * @param certificate canonical {@link DecisionCertificate}
   * @param genesis canonical {@link Genesis}
   */
  public static Verification verify(
      byte[] certificate, byte[] genesis, Digest expectedFingerprint) {
    return verify(certificate, genesis, expectedFingerprint, List.of());
  }

  /**
   * The same for a certificate of a later epoch.
   *
   * @param seals canonical {@link Seal}s from the first epoch's on, one for each epoch before that
   *     of the certificate; of more, nothing but the encoding is looked at
   */
  public static Verification verify(
      byte[] certificate, byte[] genesis, Digest expectedFingerprint, List<byte[]> seals) {
    Digest fingerprint = Digest.sha256(genesis);
    if (!fingerprint.equals(expectedFingerprint)) {
      return new NotProven(
          Reason.WRONG_GENESIS,
          "the genesis has fingerprint " + fingerprint + ", expected " + expectedFingerprint);
    }
    try {
      return of(Genesis.decode(genesis))
          .verify(
              DecisionCertificate.decode(certificate), seals.stream().map(Seal::decode).toList());
    } catch (MalformedEncodingException e) {
      return new NotProven(Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  /** Whether the certificate proves that exactly this decision is final. */
  public Verification verify(DecisionCertificate certificate, Decision decision) {
    Digest digest = decision.digest();
    if (!certificate.decisionDigest().equals(digest)) {
      return new NotProven(
          Reason.OTHER_DECISION,
          "the certificate is for decision "
              + certificate.decisionDigest()
              + ", not for "
              + digest);
    }
    return verify(certificate);
  }

  /** Whether the decision that the certificate names is final, in the epoch that seals lead to. */
  public Verification verify(DecisionCertificate certificate, List<Seal> seals) {
    CertificateVerifier verifier = this;
    for (Seal seal : seals) {
      if (verifier.voters.epoch() == certificate.block().epoch()) {
        break;
      }
      Optional<NotProven> broken = verifier.broken(seal);
      if (broken.isPresent()) {
        return broken.get();
      }
      verifier = verifier.after(seal);
    }
    return verifier.verify(certificate);
  }

  /** The set of the next epoch, as {@link #electorateAfter} has it. */
  public MemberSet setAfter(Seal seal) {
    return electorateAfter(seal).set();
  }

  /**
   * Who is in the set of the next epoch, and who votes there.
   *
   * @param seal of this verifier's epoch
   * @throws IllegalArgumentException when the seal proves none, with the reason
   */
  public Electorate electorateAfter(Seal seal) {
    Optional<NotProven> broken = broken(seal);
    if (broken.isPresent()) {
      throw new IllegalArgumentException(broken.get().message());
    }
    return after(seal).electorate;
  }

  /** Why the seal proves no end of this verifier's epoch; empty when it does. */
  Optional<NotProven> broken(Seal seal) {
    SetChange change = seal.decision().change();
    MemberSet set = electorate.set();
    if (verify(seal.certificate(), seal.decision()) instanceof NotProven why) {
      return no(
          Reason.BROKEN_SEAL_CHAIN, "the seal of epoch " + set.epoch() + ": " + why.message());
    }
    if (change.epoch() != set.epoch() || !change.root().equals(set.root())) {
      return no(
          Reason.BROKEN_SEAL_CHAIN,
          "a change of epoch " + change.epoch() + " seals epoch " + set.epoch());
    }
    try {
      set.change(change.out(), change.in());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return no(Reason.BROKEN_SEAL_CHAIN, "the seal leaves no set: " + e.getMessage());
    }
  }

  /** A verifier for the epoch after a seal that is not broken. */
  CertificateVerifier after(Seal seal) {
    return new CertificateVerifier(chainId, seal.electorateAfter(electorate.set()));
  }

  /** Whether the decision that the certificate names is final, in this verifier's epoch. */
  public Verification verify(DecisionCertificate certificate) {
    return wrongSet(certificate)
        .or(() -> brokenHeaders(certificate.finality().headers()))
        .or(() -> wrongPath(certificate))
        .or(() -> notSigned(certificate))
        .<Verification>map(refusal -> refusal)
        .orElseGet(() -> proven(certificate));
  }

  private Proven proven(DecisionCertificate certificate) {
    List<String> signers =
        certificate.finality().certificate().signerIndices().stream()
            .map(voters.members()::get)
            .map(Member::name)
            .toList();
    BlockHeader block = certificate.block();
    return new Proven(
        chainId,
        certificate.decisionDigest(),
        block.height(),
        block.view(),
        signers,
        voters.quorum());
  }

  private Optional<NotProven> wrongSet(DecisionCertificate certificate) {
    Digest root = voters.root();
    return unless(
        certificate.validatorSetRoot().equals(root),
        Reason.WRONG_VALIDATOR_SET,
        "set "
            + certificate.validatorSetRoot()
            + ", that of epoch "
            + voters.epoch()
            + " is "
            + root);
  }

  private Optional<NotProven> brokenHeaders(List<BlockHeader> headers) {
    for (BlockHeader header : headers) {
      if (!header.chainId().equals(chainId)) {
        return no(
            Reason.WRONG_CHAIN, "a block of chain " + header.chainId() + ", expected " + chainId);
      }
      if (header.epoch() != voters.epoch()) {
        return no(
            Reason.WRONG_EPOCH,
            "a block of epoch " + header.epoch() + ", expected " + voters.epoch());
      }
    }
    for (int i = 1; i < headers.size(); i++) {
      BlockHeader child = headers.get(i - 1);
      BlockHeader parent = headers.get(i);
      if (!child.isChildOf(parent)) {
        return no(
            Reason.BROKEN_HEADER_CHAIN,
            "the block at height "
                + parent.height()
                + " is not the parent of that at "
                + child.height());
      }
    }
    return Optional.empty();
  }

  private static Optional<NotProven> wrongPath(DecisionCertificate certificate) {
    BlockHeader block = certificate.block();
    byte[] leaf = OrderedDecision.leaf(certificate.decisionDigest(), certificate.approvalsDigest());
    boolean holds =
        certificate.path().leafCount() == block.payloadCount()
            && certificate.path().proves(leaf, block.payloadDigest());
    return unless(
        holds,
        Reason.PATH_MISMATCH,
        "decision "
            + certificate.decisionDigest()
            + " is not in the block at height "
            + block.height());
  }

  private Optional<NotProven> notSigned(DecisionCertificate decisionCertificate) {
    Certificate certificate = decisionCertificate.finality().certificate();
    Ballot ballot = certificate.ballot();
    if (ballot.kind() != BallotKind.FINALIZE) {
      return no(Reason.NOT_FINALIZE, "the signatures are over " + ballot.kind());
    }
    if (!ballot.equals(Ballot.finalize(decisionCertificate.finality().headers().getFirst()))) {
      return no(
          Reason.OTHER_BLOCK,
          "the signatures are over block " + ballot.block() + " of view " + ballot.view());
    }
    long weight = 0;
    List<Integer> signers = certificate.signerIndices();
    for (int signer : signers) {
      if (voters.at(signer).isEmpty()) {
        return no(Reason.UNKNOWN_SIGNER, "the set has no member " + signer);
      }
      weight += voters.members().get(signer).weight();
    }
    if (weight < voters.quorum()) {
      return no(Reason.TOO_FEW_SIGNERS, weight + " signed, " + voters.quorum() + " are needed");
    }
    byte[] message = ballot.encode();
    for (int i = 0; i < signers.size(); i++) {
      Member member = voters.members().get(signers.get(i));
      if (!member.signingKey().verify(message, certificate.signatures().get(i))) {
        return no(Reason.BAD_SIGNATURE, "not signed by " + member.name());
      }
    }
    return Optional.empty();
  }

  private static Optional<NotProven> unless(boolean holds, Reason reason, String detail) {
    return holds ? Optional.empty() : no(reason, detail);
  }

  private static Optional<NotProven> no(Reason reason, String detail) {
    return Optional.of(new NotProven(reason, detail));
  }
}
