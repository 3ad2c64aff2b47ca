package dev.qudag.node.hub.book;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every decision that the hub made, {@code decisions/<digest>.json}, kept before a validator hears
 * of it. What is asked again and again is answered without a look at all of them.
 */
public final class DecisionBook {
  private record Kept(Digest digest, Bytes decision) {}

  private final Shelf<Kept> decisions;
  private final List<Decision> changes = new ArrayList<>();

  private DecisionBook(Shelf<Kept> decisions) {
    this.decisions = decisions;
    decisions.all().stream().map(DecisionBook::decision).forEach(this::index);
  }

  private static Decision decision(Kept kept) {
    return Decision.decode(kept.decision().toArray());
  }

  private void index(Decision decision) {
    if (decision.isHandedIn()) {
      changes.add(decision);
    }
  }

  public static DecisionBook open(Path data) throws IOException {
    return new DecisionBook(Shelf.open(data.resolve("decisions"), Kept.class));
  }

  public synchronized Digest keep(Decision decision) {
    Digest digest = decision.digest();
    if (decisions.find(digest.hex()).isEmpty()) {
      decisions.put(digest.hex(), new Kept(digest, Bytes.of(decision.encode())));
      index(decision);
    }
    return digest;
  }

  public synchronized Optional<Decision> find(Digest digest) {
    return decisions.find(digest.hex()).map(DecisionBook::decision);
  }

  /** The changes of policy and set that were handed in, also those of the past. */
  public synchronized List<Decision> changes() {
    return List.copyOf(changes);
  }
}
