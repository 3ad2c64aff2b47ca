package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Progress;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.consensus.simplex.message.Wanted;
import dev.qudag.consensus.simplex.view.OwnVotes;
import dev.qudag.crypto.Digest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a member tells a single peer: what it asked for, what it seems to have missed, and what this
 * member misses itself. None of it can break safety; it is what makes lost messages harmless.
 */
final class Correspondence<S> {
  /** Of how many views before the current one a peer is told the own votes again. */
  private static final int VIEWS_RETOLD = 16;

  private final SimplexConfig config;
  private final Knowledge<S> knowledge;
  private final Consumer<Effect> out;
  private final Map<Integer, Long> viewOfPeer = new TreeMap<>();
  private Gaps asked = Gaps.NONE;
  private long askedInView;
  private int turn;

  Correspondence(SimplexConfig config, Knowledge<S> knowledge, Consumer<Effect> out) {
    this.config = config;
    this.knowledge = knowledge;
    this.out = out;
    this.turn = config.self();
  }

  /**
   * Notes which view a peer must have reached to say this. Whoever votes to finalize a block holds
   * its notarization, and so has left the view.
   */
  void heard(int peer, Message message) {
    long view =
        switch (message) {
          case Proposal proposal -> proposal.view();
          case Vote vote -> vote.signer() == peer ? reachedBy(vote.ballot()) : 0;
          case Certificate certificate -> certificate.ballot().view() + 1;
          case Progress progress -> progress.view();
          case Wanted wanted -> 0;
        };
    viewOfPeer.merge(peer, view, Math::max);
  }

  private static long reachedBy(Ballot ballot) {
    return switch (ballot.kind()) {
      case NOTARIZE, NULLIFY -> ballot.view();
      case FINALIZE -> ballot.view() + 1;
    };
  }

  /** Hands a certificate that was completed here to those who are not seen beyond its view. */
  void relay(Certificate certificate) {
    peers()
        .filter(peer -> viewOfPeer.getOrDefault(peer, 0L) <= certificate.ballot().view())
        .forEach(peer -> send(peer, certificate));
  }

  /**
   * After a stream was opened: where this member stands, and what it signed that may have been
   * lost.
   */
  void greet(int peer, long view) {
    viewOfPeer.remove(peer);
    send(peer, new Progress(view, knowledge.tree().finalView(), false));
    knowledge
        .rounds()
        .byView()
        .tailMap(view - VIEWS_RETOLD)
        .values()
        .forEach(
            round -> {
              round
                  .proposal()
                  .filter(proposal -> proposal.vote().signer() == config.self())
                  .ifPresent(proposal -> send(peer, proposal));
              OwnVotes own = round.own();
              Stream.of(own.notarized(), own.nullified(), own.finalized())
                  .flatMap(Optional::stream)
                  .forEach(vote -> send(peer, vote));
            });
  }

  void answer(int peer, Progress theirs, long view) {
    long finalView = knowledge.tree().finalView();
    if (theirs.finalView() < finalView) {
      sendTip(peer);
    }
    if (theirs.view() < view) {
      knowledge.rounds().ending(view - 1).ifPresent(certificate -> send(peer, certificate));
    }
    if (!theirs.answer() && (theirs.view() > view || theirs.finalView() > finalView)) {
      send(peer, new Progress(view, finalView, true));
    }
  }

  void answer(int peer, Wanted wanted) {
    boolean outdated = false;
    for (Digest block : wanted.blocks()) {
      Optional<Proposal> proposal = knowledge.tree().proposal(block);
      proposal.ifPresent(found -> send(peer, found));
      outdated |= proposal.isEmpty();
    }
    for (long view : wanted.views()) {
      knowledge
          .rounds()
          .find(view)
          .ifPresent(round -> round.certificates().forEach(certificate -> send(peer, certificate)));
      outdated |= !knowledge.rounds().isLive(view);
    }
    if (outdated) {
      sendTip(peer);
    }
  }

  /**
   * Asks the next peer in turn for what is missing, when that has changed, in each new view, and
   * when it is asked for again. A time-out alone would not do: a member whose clock is slow never
   * comes to its own.
   */
  void ask(Gaps gaps, long view, boolean again) {
    boolean changed = view != askedInView || !gaps.equals(asked);
    asked = gaps;
    askedInView = view;
    if (gaps.isEmpty() || !(changed || again) || config.set().size() == 1) {
      return;
    }
    turn = (turn + 1) % config.set().size();
    turn = turn == config.self() ? (turn + 1) % config.set().size() : turn;
    if (!gaps.wanted().isEmpty()) {
      send(turn, gaps.wanted());
    }
    if (gaps.finality()) {
      out.accept(new Effect.CatchUp(knowledge.tree().tip().header().height() + 1));
    }
  }

  private void sendTip(int peer) {
    knowledge.tree().tip().finality().ifPresent(finality -> send(peer, finality.certificate()));
  }

  private Stream<Integer> peers() {
    return IntStream.range(0, config.set().size()).filter(peer -> peer != config.self()).boxed();
  }

  private void send(int peer, Message message) {
    out.accept(new Effect.Send(peer, message));
  }
}
