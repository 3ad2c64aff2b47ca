package dev.qudag.node.validator;

import dev.qudag.consensus.simplex.Tip;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.node.disk.RecordLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Final blocks of {@link OpaquePayloads} on disk, written as a {@link BlockStore} writes its own.
 */
final class OpaqueChain implements FinalChain<Long>, AutoCloseable {
  private final RecordLog log;
  private Tip<Long> tip;

  OpaqueChain(Path data, Digest chainId) throws IOException {
    tip = new Tip<>(BlockHeader.genesis(chainId, 0), Optional.empty(), 0L);
    log = RecordLog.open(data.resolve("blocks.log"), chainId.bytes(), (offset, record) -> {});
  }

  @Override
  public Tip<Long> tip() {
    return tip;
  }

  @Override
  public void append(FinalBlock block, Long state) throws IOException {
    log.append(
        CanonicalWriter.untagged()
            .bytes(block.block().encode())
            .bytes(block.finality().encode())
            .toByteArray());
    tip = new Tip<>(block.block().header(), Optional.of(block.finality()), state);
  }

  @Override
  public boolean isSealed() {
    return false;
  }

  @Override
  public void sync() throws IOException {
    log.sync();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
