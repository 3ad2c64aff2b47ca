package dev.qudag.operator.swarm.objects;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.AgentSpec;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.api.v1alpha1.Task;
import dev.qudag.operator.children.Children;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The agents of a Swarm's groups: {@code <swarm>-<group>-<index>}, each with its own task. An agent
 * that is there keeps its run fields, which are immutable: when the template has changed, agents
 * without a pod make room for new ones, one in each pass; an index that is done stays done.
 *
 * @param apply agents to make, or to suspend or resume
 * @param delete agents that no group wants, and at most one that a changed template replaces
 */
public record AgentObjects(List<Agent> apply, List<Agent> delete) {
  private static final String COMPONENT = "agent";

  private static final String TERMINATED = "Terminated";

  public AgentObjects {
    apply = List.copyOf(apply);
    delete = List.copyOf(delete);
  }

  /**
   * What one pass does about the agents of a Swarm.
   *
   * @param agents that are there, also those that this Swarm did not make
   */
  public static AgentObjects of(Swarm swarm, List<Agent> agents) {
    Map<String, Agent> there =
        agents.stream()
            .filter(agent -> Children.isControlledBy(agent, swarm))
            .collect(Collectors.toMap(agent -> agent.getMetadata().getName(), Function.identity()));
    List<Agent> wanted = wanted(swarm);
    List<Agent> apply = wanted.stream().filter(agent -> mustApply(agent, there)).toList();
    Stream<Agent> replaced = wanted.stream().filter(agent -> isOutdated(agent, there)).limit(1);
    List<String> names = wanted.stream().map(agent -> agent.getMetadata().getName()).toList();
    Stream<Agent> surplus =
        there.values().stream().filter(agent -> !names.contains(agent.getMetadata().getName()));
    return new AgentObjects(apply, Stream.concat(surplus, replaced).toList());
  }

  private static List<Agent> wanted(Swarm swarm) {
    return swarm.getSpec().agentGroups().stream().flatMap(group -> wanted(swarm, group)).toList();
  }

  private static Stream<Agent> wanted(Swarm swarm, SwarmSpec.AgentGroup group) {
    return IntStream.range(0, group.replicas()).mapToObj(index -> agent(swarm, group, index));
  }

  private static Agent agent(Swarm swarm, SwarmSpec.AgentGroup group, int index) {
    String name = swarm.getMetadata().getName();
    Task task = group.tasks().isEmpty() ? group.template().task() : group.tasks().get(index);
    Agent agent = new Agent();
    agent.setMetadata(
        Children.meta(swarm, name + "-" + group.name() + "-" + index, name, COMPONENT));
    agent.setSpec(group.template().of(name, task));
    return agent;
  }

  private static boolean mustApply(Agent wanted, Map<String, Agent> there) {
    Agent agent = there.get(wanted.getMetadata().getName());
    return agent == null
        || (sameRun(agent, wanted) && agent.getSpec().suspended() != wanted.getSpec().suspended());
  }

  private static boolean isOutdated(Agent wanted, Map<String, Agent> there) {
    Agent agent = there.get(wanted.getMetadata().getName());
    return agent != null && !sameRun(agent, wanted) && isIdle(agent);
  }

  private static boolean isIdle(Agent agent) {
    var status = agent.getStatus();
    return status != null
        && status.pod() == null
        && status.conditions().stream()
            .noneMatch(condition -> condition.reason().equals(TERMINATED));
  }

  private static boolean sameRun(Agent one, Agent other) {
    return withoutSuspended(one.getSpec()).equals(withoutSuspended(other.getSpec()));
  }

  private static AgentSpec withoutSuspended(AgentSpec spec) {
    return spec.withSuspended(false);
  }
}
