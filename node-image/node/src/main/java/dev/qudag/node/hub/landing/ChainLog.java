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
  record Applied(ChainState state, Digest block) {}

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

  Applied applied() {
    return applied;
  }

  public ChainState state() {
    return applied.state();
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
