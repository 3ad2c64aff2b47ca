package dev.qudag.node.hub.landing;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.node.disk.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How far the hub has applied the chain: {@code chain}, replaced whole after each block, when all
 * of it has landed.
 */
public final class ChainLog {
  private static final String TAG = "qudag.dev/v1/hub-chain";

  /**
   * @param block digest of the last block applied
   */
  record Applied(ChainState state, Digest block) {
    /** What the next block follows on: after a seal that is what the next epoch begins on. */
    Applied opened() {
      if (!state.membership().isSealed()) {
        return this;
      }
      ChainState next = state.openEpoch(block);
      BlockHeader root =
          new BlockHeader(
              state.chainId(), next.set().epoch(), state.height(), 0, block, Digest.ZERO, 0);
      return new Applied(next, root.digest());
    }
  }

  private final Path file;
  private volatile Applied applied;

  private ChainLog(Path file, Applied applied) {
    this.file = file;
    this.applied = applied;
  }

  public static ChainLog open(Path data, Genesis genesis) throws IOException {
    Path file = data.resolve("chain");
    Optional<byte[]> stored = DurableFiles.read(file);
    return new ChainLog(file, stored.isPresent() ? decode(stored.get(), genesis) : start(genesis));
  }

  private static Applied start(Genesis genesis) {
    return new Applied(
        ChainState.of(genesis), BlockHeader.genesis(genesis.chainId(), genesis.epoch()).digest());
  }

  private static Applied decode(byte[] bytes, Genesis genesis) {
    return CanonicalReader.read(
        TAG, bytes, in -> new Applied(ChainState.decode(in.byteArray(), genesis), in.digest()));
  }

  /** What the next block follows on. */
  Applied applied() {
    return applied.opened();
  }

  /** The state that the next decision is made for. */
  public ChainState state() {
    return applied.opened().state();
  }

  void advance(ChainState state, Digest block) {
    byte[] bytes = CanonicalWriter.tagged(TAG).bytes(state.encode()).digest(block).toByteArray();
    try {
      DurableFiles.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot keep the chain's state at height " + state.height(), e);
    }
    applied = new Applied(state, block);
  }
}
