package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.operator.proposal.queue.LineOrder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * By what people, and agents as far as people let them, move the queue. Of a number out of range
 * the nearest counts; what is no number counts as 0, so that a slip of the pen stops nothing.
 */
public final class QueueControls {
  public static final String PRIORITY = "qudag.dev/priority";
  public static final String FREEZE = "qudag.dev/freeze";

  private static final int LONGEST_NUMBER = 4;

  private QueueControls() {}

  /**
   * Hours of head start: what a person says, else what the agent asks for, up to the policy's cap.
   *
   * @param asked by the agent
   */
  public static int priority(Optional<MergeProposal> proposal, int asked, Swarm swarm) {
    return proposal
        .flatMap(QueueControls::ordered)
        .orElseGet(() -> Math.clamp(asked, 0, cap(swarm)));
  }

  /** What a person says. */
  public static Optional<Integer> ordered(MergeProposal proposal) {
    return number(proposal, PRIORITY, LineOrder.MAX_PRIORITY);
  }

  /**
   * Below which priority nothing lands; 0 when all may land. One more than the highest stops all.
   */
  public static int freezeBelow(Swarm swarm) {
    return number(swarm, FREEZE, LineOrder.MAX_PRIORITY + 1).orElse(0);
  }

  private static int cap(Swarm swarm) {
    var queue = swarm.getSpec().policy().queue();
    return queue == null ? 0 : queue.agentPriorityCap();
  }

  /** Empty without the annotation. */
  private static Optional<Integer> number(HasMetadata object, String annotation, int most) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .map(all -> all.get(annotation))
        .map(text -> number(text.strip(), most));
  }

  private static int number(String text, int most) {
    if (!text.matches("[0-9]+")) {
      return 0;
    }
    return text.length() > LONGEST_NUMBER ? most : Math.min(most, Integer.parseInt(text));
  }
}
