package dev.qudag.node.validator.pool;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose room each decision of the pool takes. Not thread-safe.
 *
 * <p>Invariant: what a bringer holds is the sum of its entries. It is within its share, unless more
 * of it was brought back from the disk.
 */
final class Ledger {
  private record Entry(Bringer bringer, long size) {}

  private final PoolLimits limits;
  private final Map<Digest, Entry> entries = new LinkedHashMap<>();
  private final Map<Bringer, PoolLimits.Share> held = new HashMap<>();

  Ledger(PoolLimits limits) {
    this.limits = limits;
  }

  /** The bytes of a decision that count. */
  static long size(Decision decision) {
    return decision.encode().length;
  }

  Optional<Bringer> bringer(Digest decision) {
    return Optional.ofNullable(entries.get(decision)).map(Entry::bringer);
  }

  boolean isSwarms(Digest decision) {
    return bringer(decision).equals(Optional.of(new Bringer.Swarm()));
  }

  /** Whether the bringer has room for so many bytes more. */
  boolean hasRoom(Bringer bringer, long size) {
    return held(bringer).plus(size).fits(limits.of(bringer));
  }

  /** How many decisions more the bringer may have, by their number alone. */
  int room(Bringer bringer) {
    return Math.max(0, limits.of(bringer).decisions() - held(bringer).decisions());
  }

  /** Why the bringer has no room for a decision of so many bytes. */
  String refusal(Bringer bringer, long size) {
    PoolLimits.Share holds = held(bringer);
    PoolLimits.Share may = limits.of(bringer);
    return "no room for a decision of %d bytes: %s brought %d of %d that wait, %d of %d bytes"
        .formatted(
            size, bringer.label(), holds.decisions(), may.decisions(), holds.bytes(), may.bytes());
  }

  /** What would have to go, the oldest first, before the bringer has room for so many bytes. */
  List<Digest> oldestBeyond(Bringer bringer, long size) {
    PoolLimits.Share left = held(bringer);
    List<Digest> oldest = new ArrayList<>();
    for (Map.Entry<Digest, Entry> entry : entries.entrySet()) {
      if (left.plus(size).fits(limits.of(bringer))) {
        break;
      }
      if (entry.getValue().bringer().equals(bringer)) {
        oldest.add(entry.getKey());
        left = left.minus(entry.getValue().size());
      }
    }
    return oldest;
  }

  void enter(Digest decision, Bringer bringer, long size) {
    strike(decision);
    entries.put(decision, new Entry(bringer, size));
    held.merge(bringer, PoolLimits.Share.NOTHING.plus(size), (has, one) -> has.plus(size));
  }

  /** Counts what another brought as the swarm's, where that has the room; whether it did so. */
  boolean vouch(Digest decision) {
    Entry entry = entries.get(decision);
    Bringer swarm = new Bringer.Swarm();
    if (entry == null || entry.bringer().equals(swarm) || !hasRoom(swarm, entry.size())) {
      return false;
    }
    enter(decision, swarm, entry.size());
    return true;
  }

  /** The decision takes no room any more. */
  void strike(Digest decision) {
    Entry entry = entries.remove(decision);
    if (entry != null) {
      PoolLimits.Share left = held(entry.bringer()).minus(entry.size());
      if (left.decisions() == 0) {
        held.remove(entry.bringer());
      } else {
        held.put(entry.bringer(), left);
      }
    }
  }

  private PoolLimits.Share held(Bringer bringer) {
    return held.getOrDefault(bringer, PoolLimits.Share.NOTHING);
  }
}
