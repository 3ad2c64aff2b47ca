package dev.qudag.consensus.snowball.polling;

import dev.qudag.crypto.Digest;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The answer to any poll: what a member prefers in each conflict set that it knows. One answer
 * serves all conflict sets at once, so a poll costs the same however many are open.
 */
public record Preferences(NavigableMap<Digest, Digest> byConflictSet) {
  public Preferences {
    byConflictSet = Collections.unmodifiableNavigableMap(new TreeMap<>(byConflictSet));
  }

  Optional<Digest> in(Digest conflictSet) {
    return Optional.ofNullable(byConflictSet.get(conflictSet));
  }
}
