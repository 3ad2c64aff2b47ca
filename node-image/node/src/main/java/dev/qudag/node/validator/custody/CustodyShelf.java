package dev.qudag.node.validator.custody;

import dev.qudag.crypto.Digest;
import dev.qudag.node.disk.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is kept, a file each: {@code custody/<SHA-256 of the proposal's name>.custody}, and all of
 * it in memory as well. The hub's names are no file names.
 */
final class CustodyShelf {
  private static final String SUFFIX = ".custody";

  private final Path folder;
  private final Map<String, Holding> holdings = new TreeMap<>();

  private CustodyShelf(Path folder) {
    this.folder = folder;
  }

  static CustodyShelf open(Path data) throws IOException {
    var shelf = new CustodyShelf(Files.createDirectories(data.resolve("custody")));
    DurableFiles.syncFolder(data);
    try (Stream<Path> files = Files.list(shelf.folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
        Holding holding = Holding.decode(Files.readAllBytes(file));
        shelf.holdings.put(holding.record().proposal(), holding);
      }
    }
    return shelf;
  }

  synchronized Optional<Holding> find(String proposal) {
    return Optional.ofNullable(holdings.get(proposal));
  }

  synchronized List<Holding> all() {
    return List.copyOf(holdings.values());
  }

  /** It is on the disk when this returns, in the place of what was held of the same name. */
  synchronized void put(Holding holding) throws IOException {
    String proposal = holding.record().proposal();
    DurableFiles.write(file(proposal), holding.encode());
    holdings.put(proposal, holding);
  }

  synchronized void remove(String proposal) throws IOException {
    Files.deleteIfExists(file(proposal));
    holdings.remove(proposal);
  }

  private Path file(String proposal) {
    return folder.resolve(Digest.sha256(proposal.getBytes(StandardCharsets.UTF_8)).hex() + SUFFIX);
  }
}
