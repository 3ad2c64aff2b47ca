package dev.qudag.consensus.simplex.view;

import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The votes of one kind in one view. Only a signer's first vote counts: a second one, for whatever
 * block, changes nothing, so replayed and contradicting votes cannot add up to a quorum.
 */
final class Tally {
  private final NavigableMap<Integer, Vote> bySigner = new TreeMap<>();
  private final Map<Digest, NavigableMap<Integer, Vote>> byBlock = new TreeMap<>();

  boolean has(int signer) {
    return bySigner.containsKey(signer);
  }

  Set<Integer> signers() {
    return Collections.unmodifiableSet(bySigner.keySet());
  }

  /** Counts a verified vote; the certificate, when its block has a quorum with it. */
  Optional<Certificate> add(Vote vote, ValidatorSet set) {
    if (bySigner.putIfAbsent(vote.signer(), vote) != null) {
      return Optional.empty();
    }
    NavigableMap<Integer, Vote> votes =
        byBlock.computeIfAbsent(vote.ballot().block(), block -> new TreeMap<>());
    votes.put(vote.signer(), vote);
    return set.isQuorum(votes.keySet())
        ? Optional.of(Certificate.of(vote.ballot(), votes.values()))
        : Optional.empty();
  }
}
