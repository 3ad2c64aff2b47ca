package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.operator.proposal.queue.LineOrder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * The annotations by which people move the queue. Of a number out of range the nearest counts; what
 * is no number counts as 0, so that a slip of the pen stops nothing.
 */
public final class QueueControls {
  public static final String PRIORITY = "qudag.dev/priority";
  public static final String FREEZE = "qudag.dev/freeze";

  private static final int LONGEST_NUMBER = 4;

  private QueueControls() {}

  /** How many hours of head start a person gave the proposal. */
  public static int priority(MergeProposal proposal) {
    return number(proposal, PRIORITY, LineOrder.MAX_PRIORITY);
  }

  /**
   * Below which priority nothing lands; 0 when all may land. One more than the highest stops all.
   */
  public static int freezeBelow(Swarm swarm) {
    return number(swarm, FREEZE, LineOrder.MAX_PRIORITY + 1);
  }

  private static int number(HasMetadata object, String annotation, int most) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .map(all -> all.get(annotation))
        .map(String::strip)
        .filter(text -> text.matches("[0-9]+"))
        .map(text -> text.length() > LONGEST_NUMBER ? most : Math.min(most, Integer.parseInt(text)))
        .orElse(0);
  }
}
