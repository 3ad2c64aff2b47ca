package dev.qudag.node.validator;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.node.disk.DurableFiles;
import dev.qudag.node.identity.NodeStore;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.node.validator.attestation.AttestationLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a validator signed in one epoch: its sign-state and its attestations. Each epoch has its
 * own, in a folder of its own but for the first, whose sign-state is opened before the chain is
 * known.
 *
 * <p>The last epoch whose logs were made is on the disk. Logs of it, or of one before, that are
 * gone are refused: the key may have signed anything there.
 */
record EpochLogs(SignLog signLog, AttestationLog attestations) {
  private static final String LAST = "epoch";

  /**
   * Opens the logs of an epoch, or makes them.
   *
   * @param first the sign-state of the first epoch
   * @param nothingFinal whether no block of the chain is final here
   */
  static EpochLogs open(
      NodeStore store, Genesis genesis, long epoch, SignLog first, boolean nothingFinal)
      throws IOException {
    if (epoch == genesis.epoch()) {
      return new EpochLogs(
          first,
          AttestationLog.open(store.data(), store.incarnation(), genesis.chainId(), nothingFinal));
    }
    Path folder = Files.createDirectories(store.data().resolve("epoch-" + epoch));
    DurableFiles.syncFolder(store.data());
    Path last = store.data().resolve(LAST);
    boolean mayBeNew = epoch > read(last).orElse(genesis.epoch());
    EpochLogs logs =
        new EpochLogs(
            SignLog.open(folder, store.incarnation(), mayBeNew),
            AttestationLog.open(folder, store.incarnation(), genesis.chainId(), mayBeNew));
    if (mayBeNew) {
      DurableFiles.write(last, ByteBuffer.allocate(Long.BYTES).putLong(epoch).array());
      CrashPoint.reached("validator-after-epoch-logs-made");
    }
    return logs;
  }

  private static Optional<Long> read(Path file) throws IOException {
    return DurableFiles.read(file).map(bytes -> ByteBuffer.wrap(bytes).getLong());
  }
}
