package dev.qudag.consensus.simplex;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rounds of the views after the last final one: what is final needs no votes any more. */
final class Rounds {
  private final NavigableMap<Long, Round> byView = new TreeMap<>();
  private long finalView;

  Rounds(long finalView) {
    this.finalView = finalView;
  }

  boolean isLive(long view) {
    return view > finalView;
  }

  /** The round of a live view. */
  Round at(long view) {
    if (!isLive(view)) {
      throw new IllegalArgumentException(
          "view " + view + " is not after the final view " + finalView);
    }
    return byView.computeIfAbsent(view, v -> new Round());
  }

  Optional<Round> find(long view) {
    return Optional.ofNullable(byView.get(view));
  }

  /** By rising view. */
  Stream<Round> all() {
    return byView.values().stream();
  }

  NavigableMap<Long, Round> byView() {
    return byView;
  }

  Optional<Certificate> certificate(long view, BallotKind kind) {
    return find(view).flatMap(round -> round.certificate(kind));
  }

  /** A certificate that ends the view: a notarization rather than a nullification. */
  Optional<Certificate> ending(long view) {
    return find(view)
        .flatMap(round -> round.notarization().or(() -> round.certificate(BallotKind.NULLIFY)));
  }

  void forgetUpTo(long view) {
    finalView = Math.max(finalView, view);
    byView.headMap(finalView, true).clear();
  }
}
