package dev.qudag.operator.agent.pod;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/** Names and marks of what belongs to an agent. */
public final class AgentNames {
  /** Holds a pod until the hub has acknowledged its last snapshot. */
  public static final String HANDOVER_FINALIZER = "qudag.dev/handover";

  public static final String AGENT_CONTAINER = "agent";
  static final String SIDECAR_CONTAINER = "workspace";
  public static final String INSTALL_CONTAINER = "install";

  /** Label of all that belongs to an agent. */
  public static final String AGENT = "qudag.dev/agent";

  /** Label of pods: the Workspace that they run in. */
  public static final String WORKSPACE = "qudag.dev/workspace";

  /** Label of pods and feedback: the attempt that it is, or that it was first given to. */
  static final String ATTEMPT = "qudag.dev/attempt";

  /** Annotation of feedback: the proposal that it is about. */
  public static final String PROPOSAL = "qudag.dev/proposal";

  private AgentNames() {}

  public static String handover(String agent) {
    return agent + "-handover";
  }

  public static String task(String agent) {
    return agent + "-task";
  }

  public static String feedback(String agent, int attempt) {
    return agent + "-feedback-" + attempt;
  }

  /** Whether a paper is feedback; the other is the task. */
  public static boolean isFeedback(HasMetadata paper) {
    return paper.getMetadata().getLabels().containsKey(ATTEMPT);
  }

  /** The attempt that an object is labelled with. */
  public static int attempt(HasMetadata labelled) {
    return Integer.parseInt(labelled.getMetadata().getLabels().get(ATTEMPT));
  }

  /** An annotation that the operator wrote, or empty text. */
  public static String annotation(HasMetadata annotated, String name) {
    Map<String, String> annotations = annotated.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(name, "");
  }
}
