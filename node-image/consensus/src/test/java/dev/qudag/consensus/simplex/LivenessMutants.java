package dev.qudag.consensus.simplex;

import java.util.List;
import java.util.stream.Stream;

/** The rules that let a swarm go on, and rest when nothing is due, each with its removal. */
final class LivenessMutants {
  /** What gets a member from one view to the next, and a block to finality. */
  private static final List<Mutant> GOING =
      List.of(
          new Mutant(
              "leaders take turns",
              "member.ValidatorSet",
              "long turn = Math.floorMod(view, totalWeight());",
              "long turn = totalWeight() - 1;"),
          new Mutant(
              "a certificate for a later view leads there",
              "Simplex",
              ".tailMap(view, true)",
              ".subMap(view, true, view, true)"),
          new Mutant(
              "a leader that takes too long is given up", "Simplex", "voter.nullify(view);", ""),
          new Mutant(
              "a view is given up with its leader",
              "Voter",
              "\n            || round.hasVote(BallotKind.NULLIFY, config.set().leader(view))",
              ""),
          new Mutant(
              "a view is given up with some honest member",
              "Voter",
              "\n            || config.set().containsHonest(round.signers(BallotKind.NULLIFY))",
              ""),
          new Mutant(
              "time-outs grow with each nullified view",
              "Pacemaker",
              "current = doubled.compareTo(longest) < 0 ? doubled : longest;",
              ""),
          new Mutant(
              "time-outs are short again after finality",
              "Pacemaker",
              "void finalized() {\n    current = first;",
              "void finalized() {"),
          new Mutant(
              "a block is due while a notarized one is not final",
              "Workload",
              ".anyMatch(this::mayCarryPayload)",
              ".anyMatch(block -> false)"),
          new Mutant(
              "a leader helps with an empty block",
              "Simplex",
              "voter.propose(view, graceOverInView == view)",
              "voter.propose(view, false)"),
          new Mutant(
              "an empty block waits until one is due",
              "Judge",
              " || (header.isEmpty() && !due)",
              ""),
          new Mutant(
              "an idle swarm has no timers",
              "Simplex",
              "tendAlarm(workload.isDue() || !gaps.isEmpty());",
              "tendAlarm(true);"));

  /** What makes lost messages harmless. */
  private static final List<Mutant> TELLING =
      List.of(
          new Mutant(
              "nullify is said again at each time-out",
              "Simplex",
              "voter.own(view).nullified().ifPresent(vote -> effects.add(new Effect.Broadcast(vote)));",
              ""),
          new Mutant(
              "the certificate that led here is said again at each time-out",
              "Simplex",
              "entry.ifPresent(certificate -> effects.add(new Effect.Broadcast(certificate)));",
              ""),
          new Mutant(
              "who is stuck says where it stands",
              "Simplex",
              "effects.add(new Effect.Broadcast(new Progress(view, knowledge.tree().finalView(), false)));",
              ""),
          new Mutant(
              "a completed certificate is handed to those behind",
              "Simplex",
              "correspondence.relay(certificate);",
              ""),
          new Mutant(
              "votes are told again on a new stream",
              "Correspondence",
              ".forEach(vote -> send(peer, vote));",
              ".forEach(vote -> {});"),
          new Mutant(
              "what is missing is asked for", "Correspondence", "send(turn, gaps.wanted());", ""),
          new Mutant(
              "what is missing is asked for again in each view",
              "Correspondence",
              "view != askedInView || ",
              ""),
          new Mutant(
              "a body that a peer misses is handed over",
              "Correspondence",
              "proposal.ifPresent(found -> send(peer, found));",
              ""),
          new Mutant(
              "final blocks that are missing are asked for",
              "Correspondence",
              "out.accept(new Effect.CatchUp(knowledge.tree().tip().header().height() + 1));",
              ""));

  private LivenessMutants() {}

  static Stream<Mutant> all() {
    return Stream.of(GOING, TELLING).flatMap(List::stream);
  }
}
