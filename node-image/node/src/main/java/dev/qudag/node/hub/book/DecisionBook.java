package dev.qudag.node.hub.book;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every decision that the hub made, {@code decisions/<digest>.json}, kept before a validator hears
 * of it, and why the validators rejected it. What is asked again and again is answered without a
 * look at all of them.
 */
public final class DecisionBook {
  /**
   * @param rejection why the validators rejected it for good; null while they have not
   */
  private record Kept(Digest digest, Bytes decision, @Nullable String rejection) {}

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
      decisions.put(digest.hex(), new Kept(digest, Bytes.of(decision.encode()), null));
      index(decision);
    }
    return digest;
  }

  public synchronized Optional<Decision> find(Digest digest) {
    return decisions.find(digest.hex()).map(DecisionBook::decision);
  }

  /** Notes why the validators rejected it for good, which they tell for some blocks only. */
  public synchronized void reject(Digest digest, String why) {
    Optional<Kept> kept = decisions.find(digest.hex()).filter(one -> one.rejection() == null);
    if (kept.isPresent()) {
      decisions.put(digest.hex(), new Kept(digest, kept.get().decision(), why));
    }
  }

  /** Why the validators rejected it, as it was noted first; empty while they have not. */
  public synchronized Optional<String> rejection(Digest digest) {
    return decisions.find(digest.hex()).map(Kept::rejection);
  }

  /** The changes of policy and set that were handed in, also those of the past. */
  public synchronized List<Decision> changes() {
    return List.copyOf(changes);
  }
}
