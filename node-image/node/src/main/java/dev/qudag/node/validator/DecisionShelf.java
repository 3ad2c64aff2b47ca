package dev.qudag.node.validator;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.crypto.Digest;
import dev.qudag.node.disk.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Submitted decisions on disk, a file each, until they are ordered or have no future. */
final class DecisionShelf {
  private static final String SUFFIX = ".decision";

  private final Path folder;

  DecisionShelf(Path data) throws IOException {
    this.folder = data.resolve("decisions");
    Files.createDirectories(folder);
    DurableFiles.syncFolder(data);
  }

  /**
   * Stores it, whoever else stores the same at the same time; it is on the disk when this returns.
   */
  synchronized void put(Decision decision) throws IOException {
    Path file = file(decision.digest());
    if (!Files.exists(file)) {
      DurableFiles.write(file, decision.encode());
    }
  }

  synchronized void remove(Digest decision) throws IOException {
    Files.deleteIfExists(file(decision));
  }

  List<Decision> all() throws IOException {
    List<Decision> decisions = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList()) {
        decisions.add(Decision.decode(Files.readAllBytes(file)));
      }
    }
    return decisions;
  }

  private Path file(Digest decision) {
    return folder.resolve(decision.hex() + SUFFIX);
  }
}
