package dev.qudag.consensus.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.simplex.Effect;
import dev.qudag.consensus.simplex.Tip;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two epochs with real keys, as somebody follows them who is in neither set. */
class ExtensionTest {
  private final TestingChain chain = new TestingChain(4);
  private final SigningKey newcomer = SigningKey.generate();
  private final List<SigningKey> oldKeys =
      IntStream.range(0, 4).mapToObj(chain::validator).toList();
  private final List<SigningKey> newKeys =
      List.of(chain.validator(1), chain.validator(2), chain.validator(3), newcomer);
  private final SetDecision change =
      chain.change(chain.state(), List.of(0), List.of(TestingChain.newcomer(4, newcomer)));
  private final Tip<ChainState> genesis =
      new Tip<>(BlockHeader.genesis(chain.genesis().chainId(), 0), Optional.empty(), chain.state());
  private final List<Effect.Finalized> blocks = new ArrayList<>();
  private ChainState end;

  @BeforeEach
  void play() {
    TestingEpoch first = TestingEpoch.first(chain.genesis(), chain.state(), oldKeys);
    MergeDecision before = chain.merge(chain.state(), "before");
    first.submit(chain.order(before), chain.order(change));
    BlockHeader seal = first.holder(change).block().header();
    first.finalized(0).stream()
        .filter(block -> block.block().header().height() <= seal.height())
        .forEach(blocks::add);
    ChainState opened = after(blocks.size()).state().openEpoch(seal.digest());
    TestingEpoch second =
        new TestingEpoch(
            chain.genesis().chainId(),
            new Tip<>(BlockHeader.root(seal), Optional.empty(), opened),
            newKeys);
    MergeDecision after = chain.merge(opened, "after");
    second.submit(TestingEpoch.approved(after, 1, newKeys.subList(0, 3)));
    blocks.addAll(second.finalized(0));
    end = second.state(0);
  }

  private static Optional<Extension> extend(Tip<ChainState> tip, Effect.Finalized block) {
    return Extension.of(tip, block.block(), block.finality());
  }

  /** The tip after so many of the blocks. */
  private Tip<ChainState> after(int count) {
    Tip<ChainState> tip = genesis;
    for (Effect.Finalized block : blocks.subList(0, count)) {
      tip = extend(tip, block).orElseThrow().tip();
    }
    return tip;
  }

  private int sealed() {
    return IntStream.rangeClosed(1, blocks.size())
        .filter(count -> after(count).state().membership().isSealed())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void leadsFromGenesisAcrossTheSealToTheSetThatDecidesNow() {
    Tip<ChainState> tip = after(blocks.size());
    assertThat(tip.state()).isEqualTo(end);
    assertThat(tip.header().epoch()).isEqualTo(1);
    assertThat(tip.state().set().placeOf(newcomer.verifyingKey())).hasValue(3);
    Extension first = extend(after(sealed()), blocks.get(sealed())).orElseThrow();
    assertThat(first.base().header()).isEqualTo(BlockHeader.root(after(sealed()).header()));
  }

  @Test
  void takesNoBlockButTheNextOne() {
    for (int count = 0; count < blocks.size(); count++) {
      for (int other = 0; other < blocks.size(); other++) {
        assertThat(extend(after(count), blocks.get(other)).isPresent())
            .as("block %d after %d", other, count)
            .isEqualTo(other == count);
      }
    }
  }

  /** Who left the set, or was in the one before, opens no epoch. */
  @Test
  void theNextEpochIsShownByItsOwnSetAlone() {
    Tip<ChainState> seal = after(sealed());
    Block next = blocks.get(sealed()).block();
    assertThat(Extension.of(seal, next, finality(next.header(), oldKeys.subList(0, 3)))).isEmpty();
    assertThat(Extension.of(seal, next, finality(next.header(), newKeys.subList(1, 3)))).isEmpty();
    assertThat(Extension.of(seal, next, finality(next.header(), newKeys.subList(0, 3))))
        .isPresent();
  }

  @Test
  void aPayloadIsTheOneThatWasMadeFinal() {
    Effect.Finalized first = blocks.getFirst();
    Block emptied = new Block(first.block().header(), Bytes.of(BlockPayload.EMPTY.encode()));
    assertThat(Extension.of(genesis, emptied, first.finality())).isEmpty();
    Block garbled = new Block(first.block().header(), Bytes.of(new byte[] {1, 2, 3}));
    assertThat(Extension.of(genesis, garbled, first.finality())).isEmpty();
  }

  /** By the first of these keys' places. */
  private static Finality finality(BlockHeader header, List<SigningKey> keys) {
    Ballot ballot = Ballot.finalize(header);
    byte signers = (byte) ((1 << keys.size()) - 1);
    List<Bytes> signatures = keys.stream().map(key -> key.sign(ballot.encode())).toList();
    return new Finality(
        new Certificate(ballot, Bytes.of(new byte[] {signers}), signatures), List.of(header));
  }
}
