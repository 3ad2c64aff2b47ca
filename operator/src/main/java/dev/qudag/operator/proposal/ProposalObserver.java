package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.proposal.check.CheckLogs;
import dev.qudag.operator.proposal.check.CheckReader;
import dev.qudag.operator.proposal.check.CheckRun;
import dev.qudag.operator.proposal.queue.MergeQueue;
import dev.qudag.operator.proposal.state.CheckResults;
import dev.qudag.operator.proposal.state.Progress;
import dev.qudag.operator.proposal.state.ProposalObservation;
import dev.qudag.proto.HubState;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads everything that a pass over one proposal needs, once. */
final class ProposalObserver {
  private final ProposalSources sources;
  private final Hubs hubs;
  private final CheckLogs logs;
  private final Clock clock;

  ProposalObserver(ProposalSources sources, Hubs hubs, CheckLogs logs, Clock clock) {
    this.sources = sources;
    this.hubs = hubs;
    this.logs = logs;
    this.clock = clock;
  }

  ProposalObservation observe(MergeProposal proposal) {
    SwarmKey key = SwarmKey.near(proposal, proposal.getSpec().swarmRef().name());
    Optional<Swarm> swarm = sources.swarm(key);
    Optional<HubState> hub = hubs.state(key);
    Optional<Line> line = swarm.flatMap(s -> hub.map(h -> new Line(s, h, line(key, proposal))));
    Optional<MergeQueue.Place> place =
        line.map(Line::plan).map(plan -> plan.get(proposal.getMetadata().getName()));
    Instant now = clock.instant();
    Map<String, CheckRun> runs = new HashMap<>();
    Map<String, String> said = new HashMap<>();
    if (place.isPresent() && swarm.isPresent()) {
      for (SwarmSpec.Check check : swarm.get().getSpec().policy().checks()) {
        look(proposal, check, now, runs, said);
      }
    }
    Optional<String> lost = line.flatMap(l -> l.lostDependency(proposal));
    return new ProposalObservation(proposal, swarm, hub, place, lost, runs, said, now);
  }

  /** With the proposal as this pass has it: another cache may know it newer, or older. */
  private List<MergeProposal> line(SwarmKey key, MergeProposal proposal) {
    String name = proposal.getMetadata().getName();
    Stream<MergeProposal> others =
        sources.proposals(key).stream().filter(p -> !p.getMetadata().getName().equals(name));
    return Stream.concat(others, Stream.of(proposal)).toList();
  }

  private void look(
      MergeProposal proposal,
      SwarmSpec.Check check,
      Instant now,
      Map<String, CheckRun> runs,
      Map<String, String> said) {
    Progress progress = Progress.of(proposal.getStatus());
    if (!progress.isBuilt() || progress.build() == null) {
      return;
    }
    String tree = progress.build().tree();
    if (CheckResults.find(progress.checks(), check, tree)
        .filter(CheckResults::isFinal)
        .isPresent()) {
      return;
    }
    String namespace = proposal.getMetadata().getNamespace();
    var key = new CheckKey(tree, ChainPolicy.of(check));
    CheckRun run =
        new CheckReader(key, now)
            .read(sources.job(namespace, key.jobName()), sources.pods(namespace, key.jobName()));
    runs.put(check.name(), run);
    pod(run).ifPresent(pod -> said.put(check.name(), logs.tail(namespace, pod)));
  }

  /** Whose log is the check's last word. */
  private static Optional<String> pod(CheckRun run) {
    return switch (run) {
      case CheckRun.Passed(var ending) -> ending.pod();
      case CheckRun.Failed(var code, var ending) -> ending.pod();
      case CheckRun.TimedOut(var ending) -> ending.pod();
      case CheckRun.NotStarted _, CheckRun.Running _, CheckRun.Blocked _ -> Optional.empty();
    };
  }
}
