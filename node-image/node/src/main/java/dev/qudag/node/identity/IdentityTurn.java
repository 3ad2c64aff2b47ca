package dev.qudag.node.identity;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.disk.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From the key that a node signs with to its next one, on the disk.
 *
 * <pre>
 *   rotate-key is there --&gt; identity.next made --&gt; (a decision names it) --&gt; identity.turn written
 *       --&gt; identity is identity.before --&gt; identity.next is identity --&gt; identity.before and identity.turn are gone
 * </pre>
 *
 * <p>The second line runs when a process opens the volume, before it has a key. Each step can be
 * repeated, and at no point is the only copy of a key that may be in force gone.
 */
final class IdentityTurn {
  static final String OWN = "identity";

  private static final String NEXT = "identity.next";
  private static final String BEFORE = "identity.before";
  private static final String TURN = "identity.turn";
  private static final String WANTED = "rotate-key";

  private IdentityTurn() {}

  /** The next keys, if somebody wants any: they are made once. */
  static Optional<NodeIdentity> next(Path data, NodeIdentity now) throws IOException {
    Path next = data.resolve(NEXT);
    Path wanted = data.resolve(WANTED);
    if (!Files.exists(next) && !Files.exists(wanted)) {
      return Optional.empty();
    }
    NodeIdentity identity = now.loadOrCreateNext(next);
    if (Files.deleteIfExists(wanted)) {
      DurableFiles.syncFolder(data);
    }
    return Optional.of(identity);
  }

  /** Has the next keys be the node's when its volume is opened again. */
  static void begin(Path data) throws IOException {
    DurableFiles.write(data.resolve(TURN), new byte[0]);
  }

  /** Does what was begun, if something was. */
  static void finish(Path data) throws IOException {
    Path turn = data.resolve(TURN);
    if (!Files.exists(turn)) {
      return;
    }
    Path own = data.resolve(OWN);
    Path before = data.resolve(BEFORE);
    Path next = data.resolve(NEXT);
    if (Files.exists(next)) {
      if (Files.exists(own)) {
        rename(own, before);
      }
      rename(next, own);
    }
    delete(before);
    Files.delete(turn);
    DurableFiles.syncFolder(data);
  }

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.syncFolder(to.resolveSibling("."));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }
}
