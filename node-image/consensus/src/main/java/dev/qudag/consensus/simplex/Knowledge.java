package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.block.PayloadRules;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.consensus.simplex.view.Round;
import dev.qudag.consensus.simplex.view.Rounds;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The verified facts: nothing enters unless it belongs to this chain and epoch, to a view that is
 * neither final nor far off, and is signed by whom it says.
 *
 * @param <S> the state that payloads leave
 */
final class Knowledge<S> {
  /** Votes and proposals further ahead than this are not kept: a liar must not fill the memory. */
  private static final long VIEWS_AHEAD = 64;

  private final SimplexConfig config;
  private final BlockTree<S> tree;
  private final Rounds rounds;

  Knowledge(SimplexConfig config, PayloadRules<S> rules, Tip<S> tip) {
    this.config = config;
    this.tree = new BlockTree<>(rules, tip);
    this.rounds = new Rounds(tree.finalView());
    tip.finality().map(Finality::certificate).ifPresent(this::hold);
  }

  BlockTree<S> tree() {
    return tree;
  }

  Rounds rounds() {
    return rounds;
  }

  /** Counts a vote; the certificate that it completes, if it does. */
  Optional<Certificate> learn(Vote vote, long currentView) {
    Ballot ballot = vote.ballot();
    if (!isOurs(ballot) || !isNear(ballot.view(), currentView)) {
      return Optional.empty();
    }
    Round round = rounds.at(ballot.view());
    boolean needed =
        !round.hasVote(ballot.kind(), vote.signer()) && round.certificate(ballot.kind()).isEmpty();
    if (!needed || !vote.isSignedBy(config.set())) {
      return Optional.empty();
    }
    return count(vote);
  }

  /** Counts a vote that is known to be good. */
  Optional<Certificate> count(Vote vote) {
    return rounds.at(vote.ballot().view()).count(vote, config.set()).filter(this::hold);
  }

  /** Whether the certificate is good and new. */
  boolean learn(Certificate certificate) {
    Ballot ballot = certificate.ballot();
    return isOurs(ballot)
        && rounds.isLive(ballot.view())
        && rounds.certificate(ballot.view(), ballot.kind()).isEmpty()
        && certificate.isValid(config.set())
        && hold(certificate);
  }

  /** Whether the certificate, which is known to be good, is new. */
  boolean hold(Certificate certificate) {
    long view = certificate.ballot().view();
    return rounds.isLive(view) && rounds.at(view).hold(certificate);
  }

  /**
   * Takes in a proposal: its certificates, the leader's vote and the block. The new certificates,
   * in the order in which they were learnt.
   */
  List<Certificate> learn(Proposal proposal, long currentView) {
    List<Certificate> news = new ArrayList<>();
    if (!isFromLeader(proposal) || !rounds.isLive(proposal.view())) {
      return news;
    }
    proposal.parent().filter(this::learn).ifPresent(news::add);
    proposal.skipped().stream().filter(this::learn).forEach(news::add);
    long reached = news.stream().mapToLong(learnt -> learnt.ballot().view() + 1).max().orElse(0);
    boolean wanted =
        rounds.find(proposal.view()).flatMap(Round::notarizedBlock).equals(digest(proposal));
    if (!(wanted || isNear(proposal.view(), Math.max(currentView, reached))) || isKnown(proposal)) {
      return news;
    }
    if (proposal.vote().isSignedBy(config.set()) && tree.isWhole(proposal.block())) {
      Round round = rounds.at(proposal.view());
      round.offer(proposal);
      if (wanted || !round.isEquivocal()) {
        tree.put(proposal);
      }
      count(proposal.vote()).ifPresent(news::add);
    }
    return news;
  }

  private boolean isKnown(Proposal proposal) {
    return tree.holds(proposal.block().digest());
  }

  private static Optional<Digest> digest(Proposal proposal) {
    return Optional.of(proposal.block().digest());
  }

  private boolean isFromLeader(Proposal proposal) {
    BlockHeader header = proposal.block().header();
    Vote vote = proposal.vote();
    return header.view() > 0
        && isOurs(vote.ballot())
        && vote.ballot().equals(Ballot.notarize(header))
        && vote.signer() == config.set().leader(header.view());
  }

  private boolean isOurs(Ballot ballot) {
    return ballot.chainId().equals(config.chainId()) && ballot.epoch() == config.epoch();
  }

  private boolean isNear(long view, long currentView) {
    return rounds.isLive(view) && view <= currentView + VIEWS_AHEAD;
  }
}
