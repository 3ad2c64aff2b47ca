package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.block.PayloadRules;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.crypto.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The blocks on top of the last final one, as far as their bodies are here, each with the state it
 * leaves. Every body matches its header.
 *
 * <pre>
 *   final            not final
 *   ------ tip <---- a <---- b            stateAfter(b): b's payload on a's state on the tip's
 *              <---- c       d <---- e    stateAfter(e): empty as long as d's parent is missing
 * </pre>
 */
final class BlockTree<S> {
  private final PayloadRules<S> rules;
  private final Map<Digest, Proposal> bodies = new TreeMap<>();
  private final Map<Digest, S> states = new TreeMap<>();
  private Tip<S> tip;
  private Digest tipDigest;

  BlockTree(PayloadRules<S> rules, Tip<S> tip) {
    this.rules = rules;
    this.tip = tip;
    this.tipDigest = tip.header().digest();
  }

  Tip<S> tip() {
    return tip;
  }

  long finalView() {
    return tip.header().view();
  }

  boolean holds(Digest block) {
    return block.equals(tipDigest) || bodies.containsKey(block);
  }

  Optional<Proposal> proposal(Digest block) {
    return Optional.ofNullable(bodies.get(block));
  }

  Optional<BlockHeader> header(Digest block) {
    return block.equals(tipDigest)
        ? Optional.of(tip.header())
        : proposal(block).map(proposal -> proposal.block().header());
  }

  void put(Proposal proposal) {
    bodies.putIfAbsent(proposal.block().digest(), proposal);
  }

  /** Whether the payload is the one that the header commits to. */
  boolean isWhole(Block block) {
    BlockHeader header = block.header();
    return rules
        .commit(block.payload())
        .filter(
            found ->
                found.digest().equals(header.payloadDigest())
                    && found.count() == header.payloadCount())
        .isPresent();
  }

  /**
   * Empty when a body between the tip and the block is missing, or a payload there is not valid.
   */
  Optional<S> stateAfter(Digest block) {
    Deque<Block> ahead = new ArrayDeque<>();
    Digest at = block;
    while (known(at).isEmpty()) {
      Optional<Block> body = proposal(at).map(Proposal::block);
      if (body.isEmpty()) {
        return Optional.empty();
      }
      ahead.push(body.get());
      at = body.get().header().parentDigest();
    }
    Optional<S> state = known(at);
    while (state.isPresent() && !ahead.isEmpty()) {
      Block next = ahead.pop();
      state = rules.apply(state.get(), next.payload());
      state.ifPresent(left -> states.put(next.digest(), left));
    }
    return state;
  }

  private Optional<S> known(Digest block) {
    return block.equals(tipDigest)
        ? Optional.of(tip.state())
        : Optional.ofNullable(states.get(block));
  }

  /**
   * The blocks after the tip up to this one, oldest first; empty when they do not link to the tip
   * or are not valid.
   */
  List<Block> pathTo(Digest block) {
    if (block.equals(tipDigest) || stateAfter(block).isEmpty()) {
      return List.of();
    }
    List<Block> path = new ArrayList<>();
    for (Digest at = block; !at.equals(tipDigest); at = path.getLast().header().parentDigest()) {
      Optional<Block> body = proposal(at).map(Proposal::block);
      if (body.isEmpty()) {
        return List.of();
      }
      path.add(body.get());
    }
    return path.reversed();
  }

  /** Makes a child of the tip the tip, and forgets all of the views up to its own. */
  void advance(Tip<S> next) {
    tip = next;
    tipDigest = next.header().digest();
    bodies.values().removeIf(proposal -> proposal.view() <= finalView());
    states.keySet().retainAll(bodies.keySet());
  }
}
