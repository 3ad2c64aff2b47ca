package dev.qudag.operator.agent.pod;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Task;
import dev.qudag.operator.agent.lifecycle.Feedback;
import dev.qudag.operator.agent.lifecycle.Proposed;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.SwarmKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an agent finds in {@code /etc/qudag}: its task, and why its last proposal was refused. Pure.
 */
public final class AgentPapers {
  static final String TASK = "task.json";
  static final String FEEDBACK = "feedback.json";

  private AgentPapers() {}

  public static ConfigMap task(Agent agent, SwarmKey swarm) {
    Task task = agent.getSpec().task();
    Map<String, Object> content = new LinkedHashMap<>();
    if (task != null) {
      content.put("title", task.title());
      content.put("prompt", task.prompt() == null ? "" : task.prompt());
      content.put("paths", task.paths());
    }
    String name = AgentNames.task(agent.getMetadata().getName());
    return new ConfigMapBuilder()
        .withMetadata(meta(agent, swarm, name))
        .addToData(TASK, Serialization.asJson(content))
        .build();
  }

  /** Immutable, and kept as long as the agent: it is the record that a revision was begun. */
  public static ConfigMap feedback(
      Agent agent, SwarmKey swarm, Feedback feedback, Proposed refused) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("proposal", refused.name());
    content.put("reason", refused.reason());
    content.put("message", refused.message());
    refused
        .evidence()
        .check()
        .ifPresent(
            check -> {
              content.put("check", check.name());
              check.exitCode().ifPresent(code -> content.put("exitCode", code));
              content.put("log", check.log());
            });
    if (!refused.evidence().conflicts().isEmpty()) {
      content.put("paths", refused.evidence().conflicts());
    }
    if (!refused.evidence().symbols().isEmpty()) {
      content.put("symbols", refused.evidence().symbols());
    }
    content.put("remedy", remedy(refused));
    ObjectMeta meta =
        meta(agent, swarm, AgentNames.feedback(agent.getMetadata().getName(), feedback.attempt()));
    meta.getLabels().put(AgentNames.ATTEMPT, Integer.toString(feedback.attempt()));
    meta.setAnnotations(Map.of(AgentNames.PROPOSAL, feedback.proposal()));
    return new ConfigMapBuilder()
        .withMetadata(meta)
        .withImmutable(true)
        .addToData(FEEDBACK, Serialization.asJson(content))
        .build();
  }

  private static String remedy(Proposed refused) {
    return switch (refused.reason()) {
      case "CheckFailed" ->
          "Mend what the check complains about, in the same workspace, and propose again.";
      case "ConflictUnresolved" ->
          "Bring the change up to date with the branch (git pull), solve the conflicts, and propose again.";
      case "DependencyFailed" ->
          "Mend what this change is stacked on, or take it out, and propose again.";
      default -> "Do what the message asks, and propose again.";
    };
  }

  private static ObjectMeta meta(Agent agent, SwarmKey swarm, String name) {
    ObjectMeta meta = Children.meta(agent, name, swarm.name(), "agent");
    Map<String, String> labels = new LinkedHashMap<>(meta.getLabels());
    labels.put(AgentNames.AGENT, agent.getMetadata().getName());
    meta.setLabels(labels);
    return meta;
  }
}
