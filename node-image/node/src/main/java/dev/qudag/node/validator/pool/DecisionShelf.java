package dev.qudag.node.validator.pool;

import dev.qudag.crypto.Digest;
import dev.qudag.node.disk.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Submitted decisions on disk, a file each, until they are ordered or have no future; those that a
 * quorum rejected with its reasons; of each, who brought it.
 */
public final class DecisionShelf {
  private static final String OPEN = ".decision";
  private static final String REJECTED = ".rejected";

  private final Path folder;

  public DecisionShelf(Path data) throws IOException {
    this.folder = data.resolve("decisions");
    Files.createDirectories(folder);
    DurableFiles.syncFolder(data);
  }

  /**
   * Stores it, whoever else stores the same at the same time; it is on the disk when this returns.
   */
  public synchronized void put(Brought brought) throws IOException {
    Path file = file(brought.decision().digest(), OPEN);
    if (!Files.exists(file)) {
      DurableFiles.write(file, brought.encode());
    }
  }

  /** Stores it as rejected instead; it is on the disk when this returns. */
  public synchronized void reject(RejectedDecision rejected) throws IOException {
    Digest digest = rejected.decision().digest();
    DurableFiles.write(file(digest, REJECTED), rejected.encode());
    Files.deleteIfExists(file(digest, OPEN));
  }

  public synchronized void remove(Digest decision) throws IOException {
    Files.deleteIfExists(file(decision, OPEN));
    Files.deleteIfExists(file(decision, REJECTED));
  }

  public List<Brought> open() throws IOException {
    return read(OPEN, Brought::decode);
  }

  public List<RejectedDecision> rejected() throws IOException {
    return read(REJECTED, RejectedDecision::decode);
  }

  private synchronized <T> List<T> read(String suffix, Function<byte[], T> decode)
      throws IOException {
    List<T> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(suffix)).sorted().toList()) {
        found.add(decode.apply(Files.readAllBytes(file)));
      }
    }
    return found;
  }

  private Path file(Digest decision, String suffix) {
    return folder.resolve(decision.hex() + suffix);
  }
}
