package dev.qudag.node.hub.book;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Every decision that the hub made, {@code decisions/<digest>.json}, kept before a validator hears
 * of it.
 */
public final class DecisionBook {
  private record Kept(Digest digest, Bytes decision) {}

  private final Shelf<Kept> decisions;

  private DecisionBook(Shelf<Kept> decisions) {
    this.decisions = decisions;
  }

  public static DecisionBook open(Path data) throws IOException {
    return new DecisionBook(Shelf.open(data.resolve("decisions"), Kept.class));
  }

  public synchronized Digest keep(Decision decision) {
    Digest digest = decision.digest();
    if (decisions.find(digest.hex()).isEmpty()) {
      decisions.put(digest.hex(), new Kept(digest, Bytes.of(decision.encode())));
    }
    return digest;
  }

  public synchronized Optional<Decision> find(Digest digest) {
    return decisions.find(digest.hex()).map(kept -> Decision.decode(kept.decision().toArray()));
  }

  public synchronized List<Decision> all() {
    return decisions.all().stream()
        .map(kept -> Decision.decode(kept.decision().toArray()))
        .toList();
  }
}
