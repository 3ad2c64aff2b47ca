package dev.qudag.node.validator;

import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.node.disk.RecordLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The sign-state on disk: what this validator signed since the last final view. It is read before
 * any socket opens, and a record is synced before a message that relies on it leaves.
 *
 * <p>Key and log share the volume's incarnation: a key whose log is gone may have signed anything,
 * so it refuses to start. The log is never in a backup, because an old log is as bad as none.
 */
final class SignLog implements AutoCloseable {
  private static final String TAG = "qudag.dev/v1/sign-log";
  private static final long REWRITE_BYTES = 4 << 20;

  private final List<SignRecord> live = new ArrayList<>();
  private RecordLog log;
  private boolean dirty;

  private SignLog(Path file, byte[] header) throws IOException {
    this.log = RecordLog.open(file, header, (offset, bytes) -> live.add(SignRecord.decode(bytes)));
  }

  /**
   * Opens the log.
   *
   * @param mayBeNew whether the key cannot have signed anything yet: it has not been told its chain
   */
  static SignLog open(Path data, String incarnation, boolean mayBeNew) throws IOException {
    Path file = data.resolve("sign.log");
    if (!mayBeNew && !Files.exists(file)) {
      throw new IOException(
          "the key is here but its log "
              + file
              + " is gone: it may have signed anything, so it will not sign again;"
              + " delete the volume to enrol with a new key");
    }
    return new SignLog(file, CanonicalWriter.tagged(TAG).text(incarnation).toByteArray());
  }

  /** What was in the log when it was opened, oldest first. */
  List<SignRecord> replay() {
    return List.copyOf(live);
  }

  void append(SignRecord entry) throws IOException {
    log.append(entry.encode());
    live.add(entry);
    dirty |= entry.precedesSending();
  }

  /** Makes durable what later messages rely on. Whether there was anything. */
  boolean sync() throws IOException {
    boolean needed = dirty;
    if (needed) {
      log.sync();
      dirty = false;
    }
    return needed;
  }

  /**
   * Entries of views up to this one are dead; now and then the file is written anew without them.
   */
  void forgetUpTo(long finalView) throws IOException {
    live.removeIf(entry -> entry.view() <= finalView);
    if (log.size() < REWRITE_BYTES) {
      return;
    }
    log = log.rewrite(live.stream().map(SignRecord::encode).toList());
    dirty = false;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
