package dev.qudag.consensus.certificate;

import dev.qudag.consensus.certificate.Verification.NotProven;
import dev.qudag.consensus.certificate.Verification.Reason;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a new chain takes over from one that cannot go on: its genesis, and the proof of the commit
 * that landed last. Nothing of it is believed before {@link #refusal} is empty.
 *
 * @param landed empty when nothing had landed
 * @param seals of all epochs that the chain has left, from the first one on
 */
public record Recovery(Genesis genesis, Optional<Landed> landed, List<Seal> seals) {
  private static final String TAG = "qudag.dev/v1/recovery";

  /** A landing and its proof. */
  public record Landed(DecisionCertificate certificate, LandingDecision decision) {}

  public Recovery {
    seals = List.copyOf(seals);
  }

  /** Why this proves nothing; empty when the commit had landed, by the sets that the seals name. */
  public Optional<NotProven> refusal() {
    CertificateVerifier verifier = CertificateVerifier.of(genesis);
    for (Seal seal : seals) {
      Optional<NotProven> broken = verifier.broken(seal);
      if (broken.isPresent()) {
        return broken;
      }
      verifier = verifier.after(seal);
    }
    return landed.flatMap(this::refusal);
  }

  private Optional<NotProven> refusal(Landed last) {
    String branch = last.decision().branch();
    if (!last.certificate().decisionDigest().equals(last.decision().digest())
        || !branch.equals(genesis.branch())) {
      return Optional.of(
          new NotProven(
              Reason.OTHER_DECISION,
              "the certificate is for decision "
                  + last.certificate().decisionDigest()
                  + ", beside it is one for "
                  + branch));
    }
    return CertificateVerifier.of(genesis).verify(last.certificate(), seals)
            instanceof NotProven refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  /** The commit on which the new chain begins. */
  public String head() {
    return landed.map(last -> last.decision().commit()).orElseGet(genesis::head);
  }

  /** The chain, as the new one names it. */
  public Predecessor predecessor() {
    long height = landed.map(last -> last.certificate().block().height()).orElse(0L);
    return new Predecessor(genesis.digest(), genesis.chainId(), height);
  }

  /** Whether the validators that have these keys are enough to decide on the old chain. */
  public boolean canGoOn(Collection<VerifyingKey> alive) {
    MemberSet set = genesis.set();
    for (Seal seal : seals) {
      SetChange change = seal.decision().change();
      set = set.change(change.out(), change.in());
    }
    long weight =
        set.members().stream()
            .filter(member -> alive.contains(member.signingKey()))
            .mapToLong(Member::weight)
            .sum();
    return weight >= set.quorum();
  }

  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .bytes(genesis.encode())
        .list(
            landed.stream().toList(),
            (out, last) -> out.bytes(last.certificate().encode()).bytes(last.decision().encode()))
        .list(seals, (out, seal) -> out.bytes(seal.encode()))
        .toByteArray();
  }

  /**
   * A recovery out of its encoding, not yet believed.
   *
   * @throws MalformedEncodingException when the bytes are none
   */
  public static Recovery decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new Recovery(
                Genesis.decode(in.byteArray()),
                atMostOne(in.list(Recovery::readLanded)),
                in.list(item -> Seal.decode(item.byteArray()))));
  }

  private static Landed readLanded(CanonicalReader in) {
    DecisionCertificate certificate = DecisionCertificate.decode(in.byteArray());
    if (Decision.decode(in.byteArray()) instanceof LandingDecision decision) {
      return new Landed(certificate, decision);
    }
    throw new MalformedEncodingException("expected a decision that lands, found another");
  }

  private static Optional<Landed> atMostOne(List<Landed> landed) {
    if (landed.size() > 1) {
      throw new MalformedEncodingException(landed.size() + " landings, at most 1 is the last");
    }
    return landed.stream().findFirst();
  }
}
