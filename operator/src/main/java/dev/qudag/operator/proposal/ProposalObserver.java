package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.proposal.batch.Together;
import dev.qudag.operator.proposal.queue.MergeQueue;
import dev.qudag.operator.proposal.queue.Step;
import dev.qudag.operator.proposal.state.Blame;
import dev.qudag.operator.proposal.state.ProposalObservation;
import dev.qudag.proto.HubState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads everything that a pass over one proposal needs, once. */
final class ProposalObserver {
  private final ProposalSources sources;
  private final Hubs hubs;
  private final CheckRuns checks;
  private final Clock clock;

  ProposalObserver(ProposalSources sources, Hubs hubs, CheckRuns checks, Clock clock) {
    this.sources = sources;
    this.hubs = hubs;
    this.checks = checks;
    this.clock = clock;
  }

  ProposalObservation observe(MergeProposal proposal) {
    SwarmKey key = SwarmKey.near(proposal, proposal.getSpec().swarmRef().name());
    Optional<Swarm> swarm = sources.swarm(key);
    Optional<HubState> hub = hubs.state(key);
    Optional<Line> line = swarm.flatMap(s -> hub.map(h -> new Line(s, h, line(key, proposal))));
    Map<String, MergeQueue.Place> plan = line.map(Line::plan).orElse(Map.of());
    Optional<MergeQueue.Place> place =
        Optional.ofNullable(plan.get(proposal.getMetadata().getName()));
    Optional<Step> step = place.map(MergeQueue.Place::step);
    Instant now = clock.instant();
    List<SwarmSpec.Check> demanded =
        swarm
            .filter(_ -> step.filter(ProposalObserver::isOfChecks).isPresent())
            .map(s -> s.getSpec().policy().checks())
            .orElse(List.of());
    CheckRuns.Seen seen = checks.look(proposal, demanded, now);
    Optional<String> lost = line.flatMap(l -> l.lostDependency(proposal));
    Blame blame = line.map(l -> l.blame(proposal)).orElseGet(Blame.Unknown::new);
    Together together = line.map(l -> l.together(proposal, plan)).orElse(Together.OFF);
    return new ProposalObservation(
        proposal, swarm, hub, place, lost, blame, together, seen.runs(), seen.logs(), now);
  }

  /** Who only waits does not ask for logs and events in each pass. */
  private static boolean isOfChecks(Step step) {
    return switch (step) {
      case Step.RunChecks _, Step.AwaitChecks _ -> true;
      case Step.Build _,
          Step.Decide _,
          Step.AwaitDecision _,
          Step.Wait _,
          Step.Hold _,
          Step.Split _,
          Step.Eject _,
          Step.Orphaned _,
          Step.Deadlocked _ ->
          false;
    };
  }

  /** With the proposal as this pass has it: another cache may know it newer, or older. */
  private List<MergeProposal> line(SwarmKey key, MergeProposal proposal) {
    String name = proposal.getMetadata().getName();
    Stream<MergeProposal> others =
        sources.proposals(key).stream().filter(p -> !p.getMetadata().getName().equals(name));
    return Stream.concat(others, Stream.of(proposal)).toList();
  }
}
