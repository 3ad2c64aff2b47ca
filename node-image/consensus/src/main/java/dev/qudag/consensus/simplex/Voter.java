package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.block.PayloadRules;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.consensus.simplex.view.OwnVotes;
import dev.qudag.consensus.simplex.view.Round;
import dev.qudag.crypto.Bytes;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a member says in its own name. Each rule fires at most once per view, and what it signs is
 * persisted before it is sent; {@link OwnVotes} throws if a rule here ever broke the safety core.
 */
final class Voter<S> {
  private final SimplexConfig config;
  private final PayloadRules<S> rules;
  private final Knowledge<S> knowledge;
  private final Workload<S> workload;
  private final Judge<S> judge;
  private final Consumer<Effect> out;
  private final Consumer<Certificate> completed;
  private long refusedView;

  /**
   * @param completed told of each certificate that an own vote completes
   */
  Voter(
      SimplexConfig config,
      PayloadRules<S> rules,
      Knowledge<S> knowledge,
      Workload<S> workload,
      Consumer<Effect> out,
      Consumer<Certificate> completed) {
    this.config = config;
    this.rules = rules;
    this.knowledge = knowledge;
    this.workload = workload;
    this.judge = new Judge<>(knowledge);
    this.out = out;
    this.completed = completed;
  }

  /** Whether this member leads the view and has neither proposed nor given it up. */
  boolean mayPropose(long view) {
    OwnVotes own = own(view);
    return config.set().leader(view) == config.self() && own.mayNotarize() && own.mayNullify();
  }

  /**
   * A notarized block gets a finalize vote, unless nullify was signed in its view or its leader
   * said two things.
   */
  boolean finalizeNotarized() {
    Optional<Certificate> notarization =
        knowledge
            .rounds()
            .all()
            .filter(round -> round.own().mayFinalize() && !round.isEquivocal())
            .filter(round -> round.certificate(BallotKind.FINALIZE).isEmpty())
            .flatMap(round -> round.certificate(BallotKind.NOTARIZE).stream())
            .findFirst();
    notarization.map(found -> found.ballot().asFinalize()).ifPresent(this::vote);
    return notarization.isPresent();
  }

  /**
   * The leader proposes once, when a block is due.
   *
   * @param evenEmpty whether a block without decisions is of use, because finality did not come by
   *     itself
   */
  boolean propose(long view, boolean evenEmpty) {
    if (!mayPropose(view) || !workload.isDue()) {
      return false;
    }
    Optional<Parent<S>> parent = Parent.of(view, knowledge);
    Bytes payload = parent.map(on -> workload.assemble(on.state())).orElse(Bytes.EMPTY);
    if (parent.isEmpty() || (workload.count(payload) == 0 && !evenEmpty)) {
      return false;
    }
    propose(view, parent.get(), payload);
    return true;
  }

  private void propose(long view, Parent<S> parent, Bytes payload) {
    PayloadRules.Commitment commitment = rules.commit(payload).orElseThrow();
    BlockHeader header =
        new BlockHeader(
            config.chainId(),
            config.epoch(),
            parent.header().height() + 1,
            view,
            parent.header().digest(),
            commitment.digest(),
            commitment.count());
    Vote vote = sign(Ballot.notarize(header));
    Proposal proposal =
        new Proposal(new Block(header, payload), vote, parent.certificate(), parent.skipped());
    knowledge.rounds().at(view).offer(proposal);
    knowledge.tree().put(proposal);
    out.accept(new Effect.Persist(new SignRecord.Held(proposal)));
    out.accept(new Effect.Broadcast(proposal));
    knowledge.count(vote).ifPresent(completed);
  }

  /**
   * The one notarize vote of a view goes to the leader's proposal, when all that it rests on is
   * here.
   */
  boolean notarize(long view) {
    Round round = knowledge.rounds().at(view);
    boolean open = round.own().mayNotarize() && !round.isEquivocal() && refusedView != view;
    if (round.proposal().isEmpty() || !open) {
      return false;
    }
    Proposal proposal = round.proposal().get();
    return switch (judge.judge(proposal, workload.isDue())) {
      case WAIT -> false;
      case REFUSE -> {
        refusedView = view;
        yield true;
      }
      case ACCEPT -> {
        out.accept(new Effect.Persist(new SignRecord.Held(proposal)));
        vote(Ballot.notarize(proposal.block().header()));
        yield true;
      }
    };
  }

  /**
   * A view is given up before its time-out when its leader lied or gave up, or when some honest
   * member did.
   */
  boolean nullifyHopeless(long view) {
    Round round = knowledge.rounds().at(view);
    boolean hopeless =
        refusedView == view
            || round.isEquivocal()
            || round.hasVote(BallotKind.NULLIFY, config.set().leader(view))
            || config.set().containsHonest(round.signers(BallotKind.NULLIFY));
    return hopeless && nullify(view);
  }

  /** Gives a view up, unless this was done, or a finalize vote of the view forbids it. */
  boolean nullify(long view) {
    boolean may = own(view).mayNullify();
    if (may) {
      vote(Ballot.nullify(config.chainId(), config.epoch(), view));
    }
    return may;
  }

  OwnVotes own(long view) {
    return knowledge.rounds().at(view).own();
  }

  private void vote(Ballot ballot) {
    Vote vote = sign(ballot);
    out.accept(new Effect.Persist(new SignRecord.Voted(vote)));
    out.accept(new Effect.Broadcast(vote));
    knowledge.count(vote).ifPresent(completed);
  }

  private Vote sign(Ballot ballot) {
    Vote vote = new Vote(ballot, config.self(), config.signer().sign(ballot.encode()));
    knowledge.rounds().at(ballot.view()).sign(vote);
    return vote;
  }
}
