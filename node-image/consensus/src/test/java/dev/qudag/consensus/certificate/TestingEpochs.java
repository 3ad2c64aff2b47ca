package dev.qudag.consensus.certificate;

import dev.qudag.consensus.chain.Applied;
import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.SigningKey;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Three epochs with real keys: the sets, the seals between them, and a decision of each. */
final class TestingEpochs {
  final TestingChain chain = new TestingChain(4);
  final SigningKey fourth = SigningKey.generate();
  final SigningKey fifth = SigningKey.generate();
  final List<SigningKey> keysOfOne =
      List.of(chain.validator(1), chain.validator(2), chain.validator(3), fourth);
  final List<SigningKey> keysOfTwo = List.of(chain.validator(2), chain.validator(3), fourth, fifth);
  final List<SigningKey> keysOfZero = IntStream.range(0, 4).mapToObj(chain::validator).toList();

  final ChainState zero = chain.state();
  final SetDecision firstChange =
      chain.change(zero, List.of(0), List.of(TestingChain.newcomer(4, fourth)));
  final ChainState one = opened(zero, firstChange);
  final SetDecision secondChange =
      chain.change(one, List.of(1), List.of(TestingChain.newcomer(5, fifth)));
  final MergeDecision merge = chain.merge(one, "a");
  final MemberSet two = one.set().change(secondChange.change().out(), secondChange.change().in());

  final Seal seal0 = new Seal(proof(zero.set(), firstChange, keysOfZero), firstChange);
  final Seal seal1 = new Seal(proof(one.set(), secondChange, keysOfOne), secondChange);
  final DecisionCertificate inOne = proof(one.set(), merge, keysOfOne);
  final DecisionCertificate inTwo = proof(two, merge, keysOfTwo);

  private ChainState opened(ChainState state, SetDecision change) {
    return ((Applied.Accepted) state.apply(chain.order(change)))
        .next()
        .openEpoch(TestingChain.digest("seal"));
  }

  /** A certificate by the first three of some keys, whoever they belong to. */
  DecisionCertificate proof(MemberSet set, Decision decision, List<SigningKey> keys) {
    BlockPayload payload = new BlockPayload(List.of(new OrderedDecision(decision, List.of())));
    BlockHeader header =
        new BlockHeader(
            chain.genesis().chainId(),
            set.epoch(),
            set.epoch() + 1,
            1,
            TestingChain.digest("parent"),
            payload.digest(),
            1);
    Ballot ballot = Ballot.finalize(header);
    BitSet signers = new BitSet();
    signers.set(0, 3);
    List<Bytes> signatures =
        keys.subList(0, 3).stream().map(key -> key.sign(ballot.encode())).toList();
    Certificate certificate = new Certificate(ballot, Bytes.of(signers.toByteArray()), signatures);
    return DecisionCertificate.of(set, new Finality(certificate, List.of(header)), payload, 0);
  }
}
