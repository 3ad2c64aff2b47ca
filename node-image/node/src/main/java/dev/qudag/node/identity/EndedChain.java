package dev.qudag.node.identity;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.node.disk.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts away what belongs to a chain whose place another one takes, while no process writes there.
 *
 * <pre>
 *   successor written --> files of the old chain in ended/&lt;fingerprint&gt;/ --> genesis written --> successor removed
 * </pre>
 *
 * <p>Keys stay, and so does the repository: the branch goes on. Each step can be repeated, so that
 * whatever the process dies at, the next one to open the volume ends in the same state.
 */
final class EndedChain {
  private static final String SUCCESSOR = "successor";
  private static final String GENESIS = "genesis";
  private static final String ENDED = "ended";
  private static final Set<String> STAYS =
      Set.of("lock", "identity", "incarnation", "repository.git", "lost+found", SUCCESSOR, ENDED);

  private EndedChain() {}

  /** Has the chain of this genesis begin when the volume is opened the next time. */
  static void endWith(Path data, Genesis successor) throws IOException {
    DurableFiles.write(data.resolve(SUCCESSOR), successor.encode());
  }

  /** Begins the chain that was named, if one was. */
  static void putAway(Path data) throws IOException {
    Path named = data.resolve(SUCCESSOR);
    Optional<byte[]> successor = DurableFiles.read(named);
    if (successor.isEmpty()) {
      return;
    }
    Path genesis = data.resolve(GENESIS);
    boolean begun =
        DurableFiles.read(genesis).filter(kept -> Arrays.equals(kept, successor.get())).isPresent();
    if (!begun) {
      move(data, Genesis.decode(successor.get()));
      DurableFiles.write(genesis, successor.get());
    }
    Files.delete(named);
    DurableFiles.syncFolder(data);
  }

  private static void move(Path data, Genesis successor) throws IOException {
    String ended = successor.predecessor().orElseThrow().genesis().hex();
    Path folder = Files.createDirectories(data.resolve(ENDED).resolve(ended));
    for (Path file : filesOfTheChain(data)) {
      Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
    DurableFiles.syncFolder(folder);
    DurableFiles.syncFolder(folder.resolveSibling("."));
    DurableFiles.syncFolder(data);
  }

  private static List<Path> filesOfTheChain(Path data) throws IOException {
    try (var files = Files.list(data)) {
      return files.filter(file -> !STAYS.contains(file.getFileName().toString())).toList();
    }
  }
}
