package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.view.Round;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a leader builds on: the youngest notarized block before its view, with the proof that every
 * view between them is nullified.
 *
 * @param certificate empty when the parent is what the epoch begins on
 */
record Parent<S>(
    BlockHeader header, S state, Optional<Certificate> certificate, List<Certificate> skipped) {

  /**
   * Empty as long as a certificate, or a body, between the last final block and the view is
   * missing.
   */
  static <S> Optional<Parent<S>> of(long view, Knowledge<S> knowledge) {
    BlockTree<S> tree = knowledge.tree();
    Deque<Certificate> skipped = new ArrayDeque<>();
    for (long at = view - 1; at > tree.finalView(); at--) {
      Optional<Parent<S>> found = notarizedAt(at, knowledge, skipped);
      if (found.isPresent()) {
        return found;
      }
      Optional<Certificate> nullification = knowledge.rounds().certificate(at, BallotKind.NULLIFY);
      if (nullification.isEmpty()) {
        return Optional.empty();
      }
      skipped.addFirst(nullification.get());
    }
    Tip<S> tip = tree.tip();
    boolean proved = tip.header().isRoot() || tip.certificate().isPresent();
    return proved
        ? Optional.of(
            new Parent<>(tip.header(), tip.state(), tip.certificate(), List.copyOf(skipped)))
        : Optional.empty();
  }

  private static <S> Optional<Parent<S>> notarizedAt(
      long view, Knowledge<S> knowledge, Deque<Certificate> skipped) {
    return knowledge
        .rounds()
        .find(view)
        .flatMap(Round::notarization)
        .flatMap(
            certificate -> {
              var block = certificate.ballot().block();
              return knowledge
                  .tree()
                  .stateAfter(block)
                  .map(
                      state ->
                          new Parent<>(
                              knowledge.tree().header(block).orElseThrow(),
                              state,
                              Optional.of(certificate),
                              List.copyOf(skipped)));
            });
  }
}
