package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlockTreeTest {
  private final BlockHeader genesis = BlockHeader.genesis(Digest.sha256(new byte[] {7}), 0);
  private final BlockTree<List<Integer>> tree =
      new BlockTree<>(new TestingPayloads(), new Tip<>(genesis, Optional.empty(), List.of()));

  @Test
  void pathLeadsFromTheTipToTheBlock() {
    Block parent = put(genesis, 1, 1);
    Block child = put(parent.header(), 2, 2);
    assertThat(tree.pathTo(child.digest())).containsExactly(parent, child);
    tree.advance(new Tip<>(parent.header(), Optional.empty(), List.of(1)));
    assertThat(tree.pathTo(child.digest())).containsExactly(child);
    assertThat(tree.pathTo(parent.digest())).isEmpty();
  }

  /** More liars than are tolerated may certify a fork: that must not end the process. */
  @Test
  void forkOfWhatIsFinalHasNoPath() {
    Block chosen = put(genesis, 1, 1);
    Block fork = put(genesis, 2, 2);
    assertThat(tree.stateAfter(fork.digest())).isPresent();
    tree.advance(new Tip<>(chosen.header(), Optional.empty(), List.of(1)));
    assertThat(tree.pathTo(fork.digest())).isEmpty();
  }

  /** A set that cannot finalize goes on to notarize: a stack that deep ends the process. */
  @Test
  void aChainOfAnyLengthHasAState() {
    Bytes empty = TestingPayloads.payload(List.of());
    BlockHeader last = genesis;
    for (long view = 1; view <= 50_000; view++) {
      last = TestingBlocks.child(last, view, empty);
      Vote vote = TestingKeys.vote(Ballot.notarize(last), 0);
      tree.put(new Proposal(new Block(last, empty), vote, Optional.empty(), List.of()));
    }
    assertThat(tree.stateAfter(last.digest())).contains(List.of());
    assertThat(tree.pathTo(last.digest())).hasSize(50_000);
  }

  private Block put(BlockHeader parent, long view, int number) {
    Bytes payload = TestingPayloads.item(number);
    Block block = new Block(TestingBlocks.child(parent, view, payload), payload);
    Vote vote = TestingKeys.vote(Ballot.notarize(block.header()), (int) view);
    tree.put(new Proposal(block, vote, Optional.empty(), List.of()));
    return block;
  }
}
