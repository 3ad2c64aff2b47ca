package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.block.PayloadRules;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Progress;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.consensus.simplex.message.Wanted;
import dev.qudag.consensus.simplex.view.OwnVotes;
import dev.qudag.consensus.simplex.view.Round;
import dev.qudag.crypto.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One member of Simplex: events in, effects out. An event only adds facts; then the rules that
 * {@link #settle} names are tried, in that order, until none applies.
 *
 * <pre>
 *                    notarization(v): vote finalize(v) unless nullify(v) was signed
 *                +-------------------------------------------------------------------+
 *                |                                                                   v
 *   view v: leader proposes --> notarize(v), once --> a quorum                     view v+1
 *                |                                                                   ^
 *                +-- time-out, bad proposal, leader gives up --> nullify(v) --> a quorum
 *
 *   finalization(v): the block of view v and all of its ancestors are final
 * </pre>
 *
 * <p>Legal transitions of the view: from v to w+1 on any certificate for a view w ≥ v, never back.
 * Of what is final: to a child of the last final block. Of what is signed: see {@link OwnVotes}.
 *
 * @param <S> the state that payloads leave
 */
public final class Simplex<S> {
  private final SimplexConfig config;
  private final PayloadRules<S> rules;
  private final Knowledge<S> knowledge;
  private final Workload<S> workload;
  private final Voter<S> voter;
  private final Correspondence<S> correspondence;
  private final Pacemaker pacemaker;
  private final Alarm alarm = new Alarm();
  private final List<Effect> effects = new ArrayList<>();
  private boolean started;
  private long view;
  private long graceOverInView;

  public Simplex(SimplexConfig config, PayloadRules<S> rules, Tip<S> tip) {
    this.config = config;
    this.rules = rules;
    this.knowledge = new Knowledge<>(config, rules, tip);
    this.workload = new Workload<>(rules, knowledge);
    this.voter = new Voter<>(config, rules, knowledge, workload, effects::add, this::keepAndRelay);
    this.correspondence = new Correspondence<>(config, knowledge, effects::add);
    this.pacemaker = new Pacemaker(config.timeout(), config.longestTimeout());
    this.view = knowledge.tree().finalView() + 1;
  }

  public long view() {
    return view;
  }

  public Tip<S> tip() {
    return knowledge.tree().tip();
  }

  /** Takes one event in. {@link Event.Started} is the first, and never comes again. */
  public Step apply(Event event) {
    if (started == event instanceof Event.Started) {
      throw new IllegalStateException(
          "Started is the first event and only the first, got " + event);
    }
    effects.clear();
    switch (event) {
      case Event.Started(List<SignRecord> signState) -> recall(signState);
      case Event.Received(int peer, Message message) -> receive(peer, message);
      case Event.Connected(int peer) -> correspondence.greet(peer, view);
      case Event.TimedOut(long timedView) -> alarm.ranOut(timedView).ifPresent(this::timeRanOut);
      case Event.Waiting(List<Bytes> items) -> workload.await(items);
      case Event.CaughtUp(Block block, Finality finality) -> catchUp(block, finality);
    }
    settle();
    return new Step(effects);
  }

  private void settle() {
    boolean applied;
    do {
      applied =
          finalizeBlocks()
              || enterNextView()
              || voter.finalizeNotarized()
              || voter.propose(view, graceOverInView == view)
              || voter.notarize(view)
              || voter.nullifyHopeless(view);
    } while (applied);
    Gaps gaps = Gaps.of(knowledge, view);
    correspondence.ask(gaps, view, false);
    tendAlarm(workload.isDue() || !gaps.isEmpty());
  }

  // ---- facts

  private void recall(List<SignRecord> signState) {
    started = true;
    for (SignRecord entry : signState) {
      if (!knowledge.rounds().isLive(entry.view())) {
        continue;
      }
      switch (entry) {
        case SignRecord.Voted(Vote vote) -> recall(vote);
        case SignRecord.Held(Proposal proposal) -> {
          knowledge.tree().put(proposal);
          knowledge.rounds().at(proposal.view()).offer(proposal);
          recall(proposal.vote());
        }
        case SignRecord.Passed(Certificate certificate) -> knowledge.hold(certificate);
      }
    }
  }

  private void recall(Vote vote) {
    if (vote.signer() == config.self()) {
      knowledge.rounds().at(vote.ballot().view()).sign(vote);
      if (vote.ballot().kind() != BallotKind.FINALIZE) {
        view = Math.max(view, vote.ballot().view());
      }
    }
    knowledge.count(vote);
  }

  private void receive(int peer, Message message) {
    correspondence.heard(peer, message);
    switch (message) {
      case Proposal proposal -> knowledge.learn(proposal, view).forEach(this::keep);
      case Vote vote -> knowledge.learn(vote, view).ifPresent(this::keepAndRelay);
      case Certificate certificate -> {
        if (knowledge.learn(certificate)) {
          keep(certificate);
        }
      }
      case Wanted wanted -> correspondence.answer(peer, wanted);
      case Progress progress -> correspondence.answer(peer, progress, view);
    }
  }

  private void catchUp(Block block, Finality finality) {
    BlockHeader header = block.header();
    BlockHeader tip = tip().header();
    boolean follows =
        header.chainId().equals(config.chainId())
            && header.epoch() == config.epoch()
            && header.height() == tip.height() + 1
            && header.parentDigest().equals(tip.digest())
            && finality.subject().equals(header)
            && knowledge.tree().isWhole(block);
    if (follows && finality.isValid(config.set())) {
      rules.apply(tip().state(), block.payload()).ifPresent(state -> adopt(block, finality, state));
      knowledge.hold(finality.certificate());
    }
  }

  private void keepAndRelay(Certificate certificate) {
    keep(certificate);
    if (certificate.ballot().kind() != BallotKind.FINALIZE) {
      correspondence.relay(certificate);
    }
  }

  private void keep(Certificate certificate) {
    if (certificate.ballot().kind() != BallotKind.FINALIZE) {
      effects.add(new Effect.Persist(new SignRecord.Passed(certificate)));
    }
  }

  // ---- finality and views

  /**
   * A block with a finalization is final, with all of its ancestors, once their bodies are here.
   */
  private boolean finalizeBlocks() {
    for (Round round : knowledge.rounds().byView().descendingMap().values()) {
      Optional<Certificate> certificate = round.certificate(BallotKind.FINALIZE);
      List<Block> path =
          certificate
              .map(found -> knowledge.tree().pathTo(found.ballot().block()))
              .orElse(List.of());
      if (certificate.isPresent() && !path.isEmpty()) {
        adopt(path, certificate.get());
        return true;
      }
    }
    return false;
  }

  private void adopt(List<Block> path, Certificate certificate) {
    List<BlockHeader> headers = path.reversed().stream().map(Block::header).toList();
    for (int i = 0; i < path.size(); i++) {
      Block block = path.get(i);
      S state = knowledge.tree().stateAfter(block.digest()).orElseThrow();
      adopt(block, new Finality(certificate, headers.subList(0, headers.size() - i)), state);
    }
  }

  private void adopt(Block block, Finality finality, S state) {
    knowledge.tree().advance(new Tip<>(block.header(), Optional.of(finality), state));
    knowledge.rounds().forgetUpTo(block.header().view());
    view = Math.max(view, block.header().view() + 1);
    pacemaker.finalized();
    workload.lookAgain();
    effects.add(new Effect.Finalized(block, finality));
  }

  /** Any certificate that ends this view or a later one leads to the view after it. */
  private boolean enterNextView() {
    Optional<Certificate> entry =
        knowledge.rounds().byView().tailMap(view, true).descendingMap().keySet().stream()
            .flatMap(ended -> knowledge.rounds().ending(ended).stream())
            .findFirst();
    entry.ifPresent(
        certificate -> {
          if (certificate.ballot().kind() == BallotKind.NULLIFY) {
            pacemaker.nullified();
          }
          view = certificate.ballot().view() + 1;
        });
    return entry.isPresent();
  }

  // ---- time

  private void tendAlarm(boolean wanted) {
    Optional<Effect> effect;
    if (!wanted) {
      effect = alarm.disarm();
    } else if (voter.mayPropose(view) && graceOverInView != view) {
      effect = alarm.arm(view, Alarm.Purpose.GRACE, pacemaker.grace());
    } else {
      effect = alarm.arm(view, Alarm.Purpose.RETRY, pacemaker.timeout());
    }
    effect.ifPresent(effects::add);
  }

  private void timeRanOut(Alarm.Purpose purpose) {
    switch (purpose) {
      case GRACE -> graceOverInView = view;
      case RETRY -> retry();
    }
  }

  /** Gives the view up if a block was due, and says again what may have been lost. */
  private void retry() {
    voter.own(view).nullified().ifPresent(vote -> effects.add(new Effect.Broadcast(vote)));
    if (workload.isDue()) {
      voter.nullify(view);
    }
    Optional<Certificate> entry = knowledge.rounds().ending(view - 1);
    entry.ifPresent(certificate -> effects.add(new Effect.Broadcast(certificate)));
    effects.add(new Effect.Broadcast(new Progress(view, knowledge.tree().finalView(), false)));
    correspondence.ask(Gaps.of(knowledge, view), view, true);
  }
}
