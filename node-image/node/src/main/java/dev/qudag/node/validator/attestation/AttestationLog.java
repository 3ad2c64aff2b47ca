package dev.qudag.node.validator.attestation;

import dev.qudag.consensus.attestation.DagRecord;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.node.disk.RecordLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The attestation layer on disk. It holds what this validator said, so a key without its log
 * refuses to start, as with the sign-state.
 */
public final class AttestationLog implements AutoCloseable {
  private static final String TAG = "qudag.dev/v1/attestation-log";
  private static final long REWRITE_BYTES = 4 << 20;

  private final List<DagRecord> found = new ArrayList<>();
  private RecordLog log;
  private long rewriteAt;
  private boolean dirty;

  private AttestationLog(Path file, byte[] header) throws IOException {
    this.log = RecordLog.open(file, header, (offset, bytes) -> found.add(DagRecord.decode(bytes)));
    this.rewriteAt = Math.max(REWRITE_BYTES, 2 * log.size());
  }

  /**
   * Opens the log.
   *
   * @param incarnation of the volume, which key and log share
   * @param mayBeNew whether this validator cannot have said anything yet
   */
  public static AttestationLog open(Path data, String incarnation, Digest chainId, boolean mayBeNew)
      throws IOException {
    Path file = data.resolve("attestations.log");
    if (!mayBeNew && !Files.exists(file)) {
      throw new IOException(
          "the key is here but its log "
              + file
              + " is gone: it may have said anything, so it will not speak again;"
              + " delete the volume to enrol with a new key");
    }
    return new AttestationLog(
        file, CanonicalWriter.tagged(TAG).text(incarnation).digest(chainId).toByteArray());
  }

  /** What was in the log when it was opened, oldest first; handed out once. */
  List<DagRecord> replay() {
    List<DagRecord> replay = List.copyOf(found);
    found.clear();
    return replay;
  }

  void append(DagRecord entry) throws IOException {
    log.append(entry.encode());
    dirty = true;
  }

  /** Makes durable what was appended. Whether there was anything. */
  boolean sync() throws IOException {
    boolean needed = dirty;
    if (needed) {
      log.sync();
      dirty = false;
    }
    return needed;
  }

  /** Writes the file anew when it has grown to twice what it was the last time, and 4 MiB. */
  void compact(Supplier<List<DagRecord>> checkpoint) throws IOException {
    if (log.size() >= rewriteAt) {
      log = log.rewrite(checkpoint.get().stream().map(DagRecord::encode).toList());
      rewriteAt = Math.max(REWRITE_BYTES, 2 * log.size());
      dirty = false;
    }
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
