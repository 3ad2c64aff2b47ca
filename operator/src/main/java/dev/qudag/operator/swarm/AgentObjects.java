package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.api.v1alpha1.Task;
import dev.qudag.operator.children.Children;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The agents of a Swarm's groups: {@code <swarm>-<group>-<index>}, each with its own task. */
final class AgentObjects {
  static final String COMPONENT = "agent";

  private AgentObjects() {}

  static List<Agent> of(Swarm swarm) {
    return swarm.getSpec().agentGroups().stream().flatMap(group -> of(swarm, group)).toList();
  }

  private static Stream<Agent> of(Swarm swarm, SwarmSpec.AgentGroup group) {
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
}
