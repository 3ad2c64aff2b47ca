package dev.qudag.operator.node;

import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.util.BitSet;
import java.util.List;

/** Ends of epochs, signed by the keys that nodes in memory have. */
public final class TestingSeals {
  private TestingSeals() {}

  /** That a validator is removed because it voted twice. */
  public static SetDecision removal(Genesis genesis, MemberSet set, int index) {
    Member liar = set.withIndex(index).orElseThrow();
    var offence =
        new Offence(index, liar.signingKey().fingerprint(), set.epoch(), 3, Offence.Step.NOTARIZE);
    return new SetDecision(
        SetChange.of(genesis.chainId(), set, List.of(index), List.of()),
        new Grounds.Misbehaviour(Digest.sha256(new byte[] {7}), List.of(offence)));
  }

  /** The seal with the signatures of the first members of the set, as many as decide. */
  public static Seal seal(TestingNodes nodes, MemberSet set, SetDecision decision) {
    var payload = new BlockPayload(List.of(new OrderedDecision(decision, List.of())));
    var header =
        new BlockHeader(
            decision.chainId(), set.epoch(), 1, 1, Digest.ZERO, payload.digest(), payload.count());
    Ballot ballot = Ballot.finalize(header);
    List<Member> signers = set.members().subList(0, (int) set.quorum());
    var bits = new BitSet();
    bits.set(0, signers.size());
    List<Bytes> signatures =
        signers.stream()
            .map(member -> nodes.identity(member.name()).signingKey().sign(ballot.encode()))
            .toList();
    var certificate = new Certificate(ballot, Bytes.of(bits.toByteArray()), signatures);
    return new Seal(
        DecisionCertificate.of(set, new Finality(certificate, List.of(header)), payload, 0),
        decision);
  }
}
