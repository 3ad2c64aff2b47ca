package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Batch;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.operator.proposal.batch.Batches;
import dev.qudag.operator.proposal.batch.Together;
import dev.qudag.operator.proposal.queue.Attempt;
import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Unmergeable;
import dev.qudag.operator.proposal.queue.Branch;
import dev.qudag.operator.proposal.queue.Entry;
import dev.qudag.operator.proposal.queue.MergeQueue;
import dev.qudag.operator.proposal.queue.QueueSettings;
import dev.qudag.operator.proposal.queue.Window;
import dev.qudag.operator.proposal.state.Blame;
import dev.qudag.operator.proposal.state.CheckResults;
import dev.qudag.operator.proposal.state.Progress;
import dev.qudag.operator.proposal.state.ProposalObservation;
import dev.qudag.operator.proposal.state.QueueControls;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that waits for one branch: what the hub holds open, with what the statuses keep. */
final class Line {
  private static final int DEFAULT_WINDOW = 4;

  private final Swarm swarm;
  private final HubState hub;
  private final Map<String, MergeProposal> objects;
  private final LineHistory history;
  private final Companions companions;

  Line(Swarm swarm, HubState hub, List<MergeProposal> objects) {
    this.swarm = swarm;
    this.hub = hub;
    this.objects =
        objects.stream()
            .collect(Collectors.toMap(o -> o.getMetadata().getName(), Function.identity()));
    this.history = new LineHistory(hub, objects);
    this.companions = new Companions(this.objects);
  }

  Map<String, MergeQueue.Place> plan() {
    var entries =
        hub.getProposalsList().stream()
            .filter(said -> said.getBranch().equals(hub.getBranch()))
            .flatMap(this::entry)
            .toList();
    return new MergeQueue(branch(), settings(), entries).plan();
  }

  /**
   * What a proposal has to know of those that it shares checks or lands with.
   *
   * @param plan of this line
   */
  Together together(MergeProposal proposal, Map<String, MergeQueue.Place> plan) {
    return batchSize() == 1 ? Together.OFF : companions.together(proposal, plan, branch()::holds);
  }

  /** The first of those that it depends on that ended without landing. */
  Optional<String> lostDependency(MergeProposal proposal) {
    Set<String> lost = history.lost();
    return proposal.getSpec().dependsOn().stream().filter(lost::contains).sorted().findFirst();
  }

  /** What a failure of the proposal is due to. */
  Blame blame(MergeProposal proposal) {
    return new LandedTrees(swarm.getSpec().policy().checks(), List.copyOf(objects.values()))
        .blame(proposal);
  }

  private Branch branch() {
    return new Branch(hub.getHead(), history.heads(), history.landed(), history.lost());
  }

  private QueueSettings settings() {
    return new QueueSettings(window(), batchSize(), QueueControls.freezeBelow(swarm));
  }

  private int batchSize() {
    var queue = swarm.getSpec().policy().queue();
    return queue == null ? 1 : Math.max(1, queue.batchSize());
  }

  /** Nothing for what has ended or is about to: nobody waits for it. */
  private Stream<Entry> entry(Proposal said) {
    return switch (said.getState()) {
      case OPEN, STALE ->
          object(said).filter(Line::isLeaving).isPresent()
              ? Stream.empty()
              : Stream.of(entry(said, Optional.empty()));
      case DECIDING ->
          Stream.of(
              entry(
                  said,
                  Optional.of(
                      new Entry.Decision(said.getDecisionBase(), said.getDecisionCommit()))));
      case LANDED, CLOSED, PROPOSAL_STATE_UNSPECIFIED, UNRECOGNIZED -> Stream.empty();
    };
  }

  private Entry entry(Proposal said, Optional<Entry.Decision> decision) {
    Optional<MergeProposal> object = object(said);
    return new Entry(
        said.getName(),
        said.getAcceptedAtMs(),
        QueueControls.priority(object, said.getPriority(), swarm),
        dependencies(said, object),
        said.getAlone() || said.hasRevert(),
        batchSize() == 1 ? 0 : object.map(this::share).orElse(0),
        object.flatMap(this::attempt),
        decision);
  }

  /** What another of its batch knows to have failed counts before the proposal has noted it. */
  private int share(MergeProposal object) {
    int split = companions.share(object);
    return split > 0 || object.getStatus() == null
        ? split
        : Batches.share(object.getStatus().batch());
  }

  /** What its agent stacked it on, and what a person wrote. */
  private static Set<String> dependencies(Proposal said, Optional<MergeProposal> object) {
    Set<String> all = new HashSet<>(said.getDependsOnList());
    object.ifPresent(o -> all.addAll(o.getSpec().dependsOn()));
    return all;
  }

  private Optional<MergeProposal> object(Proposal said) {
    return Optional.ofNullable(objects.get(said.getName()));
  }

  private static boolean isLeaving(MergeProposal object) {
    var annotations = object.getMetadata().getAnnotations();
    return object.getMetadata().getDeletionTimestamp() != null
        || (annotations != null
            && (annotations.containsKey(ProposalObservation.CANCEL)
                || annotations.containsKey(ProposalObservation.REJECT)))
        || Progress.of(object.getStatus()).isEjected();
  }

  private Optional<Attempt> attempt(MergeProposal object) {
    var status = object.getStatus();
    if (status == null || status.build() == null) {
      return Optional.empty();
    }
    var build = status.build();
    if (build.tree().isEmpty()) {
      return Optional.of(new Unmergeable(build.base()));
    }
    if (Batches.isShared(status.batch())) {
      return batchSize() == 1 || companions.share(object) > 0
          ? Optional.empty()
          : Optional.of(shared(object, status.batch()));
    }
    String name = object.getMetadata().getName();
    return Optional.of(
        new Built(
            build.base(),
            List.of(name),
            build.tree(),
            build.commit(),
            summary(object, build.tree())));
  }

  private Built shared(MergeProposal object, Batch batch) {
    return new Built(
        batch.base(),
        Batches.names(batch),
        batch.tree(),
        batch.commit(),
        summary(object, batch.tree()));
  }

  private Attempt.Checks summary(MergeProposal object, String tree) {
    return CheckResults.summary(swarm.getSpec().policy().checks(), companions.checks(object), tree);
  }

  /** How many trees are checked at once: as the last ends suggest, within what people allow. */
  private int window() {
    var policy = swarm.getSpec().policy();
    var queue = policy.queue();
    if (queue == null) {
      return Window.after(history.ends(), DEFAULT_WINDOW);
    }
    int checks = Math.max(1, policy.checks().size());
    int trees = Math.max(1, queue.maxRunningChecks() / checks);
    return Window.after(history.ends(), Math.clamp(queue.maxWindow(), 1, trees));
  }
}
