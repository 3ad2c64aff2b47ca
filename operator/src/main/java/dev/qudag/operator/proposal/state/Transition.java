package dev.qudag.operator.proposal.state;

import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.status.PodReason;
import java.util.Optional;

/**
 * What a pass shows and then does. A final effect waits until what is shown has been persisted by
 * an earlier pass.
 *
 * @param blocked why a check cannot run
 */
public record Transition(
    Progress progress, Summary summary, Optional<PodReason> blocked, Effect effect) {

  /** The cluster takes no Job for one of the checks. */
  public Transition refused(CheckKey check, PodReason why) {
    return new Transition(
        progress.blocked(check.jobName()),
        new Summary(Summary.Kind.WORKING, why.reason(), why.message()),
        Optional.of(why),
        new Effect.None());
  }

  static Transition of(Progress progress, Summary summary, Effect effect) {
    return new Transition(progress, summary, Optional.empty(), effect);
  }

  public static Transition show(Progress progress, Summary summary) {
    return of(progress, summary, new Effect.None());
  }
}
