package dev.qudag.operator.agent.pod;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.AgentSpec.WorkspaceChoice;
import dev.qudag.api.v1alpha1.LocalRef;
import dev.qudag.api.v1alpha1.Retention;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.api.v1alpha1.WorkspaceSpec;
import dev.qudag.operator.children.Children;

/** The Workspace that an Agent gets when it names none: of its name, and gone with it. Pure. */
public final class OwnWorkspace {
  private OwnWorkspace() {}

  public static Workspace of(Agent agent, Swarm swarm) {
    WorkspaceChoice choice = agent.getSpec().workspace();
    Workspace workspace = new Workspace();
    workspace.setMetadata(
        Children.meta(
            agent, agent.getMetadata().getName(), swarm.getMetadata().getName(), "agent"));
    workspace.setSpec(
        new WorkspaceSpec(
            new LocalRef(swarm.getMetadata().getName()),
            choice.vcs(),
            swarm.getSpec().repository().branch(),
            choice.storage(),
            Retention.Delete));
    return workspace;
  }
}
