package dev.qudag.consensus.attestation.dag;

import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which decisions the held vertices speak of, which of those this member has spoken of, and which
 * decisions have ended.
 *
 * <p>An end is remembered while a held vertex speaks of the decision, and beyond that for the last
 * {@value #ENDED_REMEMBERED}: a word may come late.
 */
final class Mentions {
  static final int ENDED_REMEMBERED = 4096;

  private final int self;
  private final Map<Digest, Integer> mentions = new TreeMap<>();
  private final Set<Digest> said = new TreeSet<>();
  private final Set<Digest> ended = new LinkedHashSet<>();

  Mentions(int self) {
    this.self = self;
  }

  void add(Vertex vertex) {
    for (Attestation attestation : vertex.attestations()) {
      mentions.merge(attestation.decisionDigest(), 1, Integer::sum);
      if (vertex.author() == self) {
        said.add(attestation.decisionDigest());
      }
    }
  }

  /** Takes vertices out; the decisions that nothing speaks of any more. */
  List<Digest> remove(Collection<Strand.Held> dropped) {
    List<Digest> forgotten = new ArrayList<>();
    for (Strand.Held one : dropped) {
      for (Attestation attestation : one.vertex().attestations()) {
        Digest decision = attestation.decisionDigest();
        if (one.vertex().author() == self) {
          said.remove(decision);
        }
        if (mentions.merge(decision, -1, Integer::sum) == 0) {
          mentions.remove(decision);
          forgotten.add(decision);
        }
      }
    }
    return forgotten;
  }

  /** Whether this member must not speak of the decision: it has, or nobody needs it to. */
  boolean isClosed(Digest decision) {
    return said.contains(decision) || ended.contains(decision);
  }

  /** Whether all that the vertex speaks of has ended. */
  boolean isSpent(Vertex vertex) {
    return vertex.attestations().stream().allMatch(one -> ended.contains(one.decisionDigest()));
  }

  void end(Collection<Digest> decisions) {
    ended.addAll(decisions);
    Iterator<Digest> oldest = ended.iterator();
    for (int tooMany = ended.size() - ENDED_REMEMBERED; tooMany > 0 && oldest.hasNext(); ) {
      if (!mentions.containsKey(oldest.next())) {
        oldest.remove();
        tooMany--;
      }
    }
  }

  /** What has ended, oldest first. */
  List<Digest> ended() {
    return List.copyOf(ended);
  }
}
