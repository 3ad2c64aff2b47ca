package dev.qudag.consensus.simplex.view;

import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rounds of the views after the last final one: what is final needs no votes any more. */
public final class Rounds {
  private final NavigableMap<Long, Round> byView = new TreeMap<>();
  private long finalView;

  public Rounds(long finalView) {
    this.finalView = finalView;
  }

  public boolean isLive(long view) {
    return view > finalView;
  }

  /** The round of a live view. */
  public Round at(long view) {
    if (!isLive(view)) {
      throw new IllegalArgumentException(
          "view " + view + " is not after the final view " + finalView);
    }
    return byView.computeIfAbsent(view, v -> new Round());
  }

  public Optional<Round> find(long view) {
    return Optional.ofNullable(byView.get(view));
  }

  /** By rising view. */
  public Stream<Round> all() {
    return byView.values().stream();
  }

  public NavigableMap<Long, Round> byView() {
    return Collections.unmodifiableNavigableMap(byView);
  }

  public Optional<Certificate> certificate(long view, BallotKind kind) {
    return find(view).flatMap(round -> round.certificate(kind));
  }

  /** A certificate that ends the view: a notarization rather than a nullification. */
  public Optional<Certificate> ending(long view) {
    return find(view)
        .flatMap(round -> round.notarization().or(() -> round.certificate(BallotKind.NULLIFY)));
  }

  public void forgetUpTo(long view) {
    finalView = Math.max(finalView, view);
    byView.headMap(finalView, true).clear();
  }
}
