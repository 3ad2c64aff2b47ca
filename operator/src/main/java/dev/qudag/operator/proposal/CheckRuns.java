package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.check.CheckEvents;
import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.proposal.check.CheckLogs;
import dev.qudag.operator.proposal.check.CheckReader;
import dev.qudag.operator.proposal.check.CheckRun;
import dev.qudag.operator.proposal.check.ImagesInUse;
import dev.qudag.operator.proposal.state.CheckResults;
import dev.qudag.operator.proposal.state.Progress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how the Jobs of a proposal's checks stand, and what they said. */
final class CheckRuns {
  private final ProposalSources sources;
  private final CheckLogs logs;
  private final CheckEvents events;

  CheckRuns(ProposalSources sources, CheckLogs logs, CheckEvents events) {
    this.sources = sources;
    this.logs = logs;
    this.events = events;
  }

  /**
   * Of the checks that have no result yet, by the check's name.
   *
   * @param runs the Jobs
   * @param logs the end of what those said that have ended
   */
  record Seen(Map<String, CheckRun> runs, Map<String, String> logs) {}

  /**
   * @param checks that the Swarm's policy demands
   */
  Seen look(MergeProposal proposal, List<SwarmSpec.Check> checks, Instant now) {
    Map<String, CheckRun> runs = new HashMap<>();
    Map<String, String> said = new HashMap<>();
    Progress progress = Progress.of(proposal.getStatus());
    if (progress.isBuilt()) {
      String namespace = proposal.getMetadata().getNamespace();
      String tree = progress.checkedTree();
      for (SwarmSpec.Check check : checks) {
        var known = CheckResults.find(progress.checks(), check, tree);
        if (known.filter(CheckResults::isFinal).isEmpty()) {
          var key = new CheckKey(tree, ChainPolicy.of(check));
          boolean isOwn = known.filter(CheckRuns::isUnderWay).isPresent();
          CheckRun run = run(namespace, key, isOwn, now);
          runs.put(check.name(), run);
          run.ended()
              .flatMap(CheckRun.Ending::pod)
              .ifPresent(pod -> said.put(check.name(), logs.tail(namespace, pod)));
        }
      }
    }
    return new Seen(runs, said);
  }

  /** A Pending one may be still to start, or to start anew: the hub was away. */
  private static boolean isUnderWay(Check known) {
    return known.result() != Result.Pending;
  }

  /**
   * @param isOwn whether the proposal has seen it under way: what ended for another one counts only
   *     if it would run in the same image now
   */
  private CheckRun run(String namespace, CheckKey key, boolean isOwn, Instant now) {
    Optional<Job> job = sources.job(namespace, key.jobName());
    List<Pod> pods = sources.pods(namespace, key.jobName());
    var reader = new CheckReader(key, now);
    Optional<String> refusal =
        job.filter(made -> reader.lacksPod(made, pods)).flatMap(events::refusal);
    CheckRun run = reader.read(job, pods, refusal);
    return run.ended()
        .filter(_ -> !isOwn)
        .filter(
            ending ->
                new ImagesInUse(sources.checkPods(namespace))
                    .isOutdated(key.spec().image(), ending))
        .<CheckRun>map(ending -> new CheckRun.Outdated(ending.tries()))
        .orElse(run);
  }
}
