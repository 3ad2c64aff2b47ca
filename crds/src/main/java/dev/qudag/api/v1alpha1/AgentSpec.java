package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What a person wants of an agent; also, without {@code swarmRef}, the template of a Swarm's group.
 */
@ApiRecord
@ValidationRule(
    value = "!(has(self.profile) && has(self.resources))",
    message = "an agent takes either profile or resources: remove one of the two")
public record AgentSpec(
    @JsonPropertyDescription("The Swarm that the agent belongs to.") LocalRef swarmRef,
    @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @JsonPropertyDescription("What the agent is there for, in a word: a label for people.")
        String role,
    @Required
        @Size(min = 1, max = 512)
        @JsonPropertyDescription("Image with /bin/sh that the agent runs in.")
        String image,
    @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("Program of the agent and its first arguments.")
        List<@Size(max = 8192) String> command,
    @Size(max = 64) @JsonPropertyDescription("Further arguments.")
        List<@Size(max = 8192) String> args,
    @Size(max = 32) @JsonPropertyDescription("Environment of the agent.") List<EnvVar> env,
    @JsonPropertyDescription("What the agent is asked to do.") Task task,
    @JsonPropertyDescription(
            "Requests and limits by name: Light 500m,1Gi/1,2Gi; Medium 1,2Gi/2,4Gi; Heavy 2,4Gi/4,8Gi. Light if neither profile nor resources is given.")
        Profile profile,
    @JsonPropertyDescription("Requests and limits in figures, in place of profile.")
        Resources resources,
    @Default("{}")
        @JsonPropertyDescription("The working copy: one of its own, or one that is there by name.")
        WorkspaceChoice workspace,
    @Default("Push")
        @JsonPropertyDescription(
            "When work becomes a proposal: on git push and qudag propose, or also what is left when the agent exits with 0.")
        ProposeOn proposeOn,
    @Default("3")
        @Min(1)
        @Max(20)
        @JsonPropertyDescription(
            "How many times the agent is started until one run does not crash.")
        int maxAttempts,
    @Default("3")
        @Min(0)
        @Max(20)
        @JsonPropertyDescription(
            "How many times the agent is started again because its change was refused.")
        int maxRevisions,
    @Default("3600")
        @Min(1)
        @Max(604800)
        @JsonPropertyDescription("When a run counts as crashed, in seconds after its start.")
        int timeoutSeconds,
    @Default("false")
        @JsonPropertyDescription(
            "Ends the agent's pod, after its work was handed over, and starts none while true.")
        boolean suspended,
    @JsonPropertyDescription("What the cluster needs said about the agent's pods.")
        PodOverrides podOverrides) {

  /** CEL: of an Agent's spec only {@code suspended} may change. */
  static final String RUN_FIELDS_KEPT =
      "self.spec.swarmRef == oldSelf.spec.swarmRef "
          + "&& self.spec.image == oldSelf.spec.image "
          + "&& self.spec.command == oldSelf.spec.command "
          + "&& self.spec.workspace == oldSelf.spec.workspace "
          + "&& self.spec.proposeOn == oldSelf.spec.proposeOn "
          + "&& self.spec.maxAttempts == oldSelf.spec.maxAttempts "
          + "&& self.spec.maxRevisions == oldSelf.spec.maxRevisions "
          + "&& self.spec.timeoutSeconds == oldSelf.spec.timeoutSeconds "
          + "&& has(self.spec.role) == has(oldSelf.spec.role) && (!has(self.spec.role) || self.spec.role == oldSelf.spec.role) "
          + "&& has(self.spec.args) == has(oldSelf.spec.args) && (!has(self.spec.args) || self.spec.args == oldSelf.spec.args) "
          + "&& has(self.spec.env) == has(oldSelf.spec.env) && (!has(self.spec.env) || self.spec.env == oldSelf.spec.env) "
          + "&& has(self.spec.task) == has(oldSelf.spec.task) && (!has(self.spec.task) || self.spec.task == oldSelf.spec.task) "
          + "&& has(self.spec.profile) == has(oldSelf.spec.profile) && (!has(self.spec.profile) || self.spec.profile == oldSelf.spec.profile) "
          + "&& has(self.spec.resources) == has(oldSelf.spec.resources) && (!has(self.spec.resources) || self.spec.resources == oldSelf.spec.resources) "
          + "&& has(self.spec.podOverrides) == has(oldSelf.spec.podOverrides) && (!has(self.spec.podOverrides) || self.spec.podOverrides == oldSelf.spec.podOverrides)";

  public AgentSpec {
    command = Absent.orEmpty(command);
    args = Absent.orEmpty(args);
    env = Absent.orEmpty(env);
  }

  /** The spec of one agent of a group: the template with its Swarm and its own task. */
  public AgentSpec of(String swarm, Task ownTask) {
    return new AgentSpec(
        new LocalRef(swarm),
        role,
        image,
        command,
        args,
        env,
        ownTask,
        profile,
        resources,
        workspace,
        proposeOn,
        maxAttempts,
        maxRevisions,
        timeoutSeconds,
        suspended,
        podOverrides);
  }

  /** The same spec, suspended or not. */
  public AgentSpec withSuspended(boolean value) {
    return new AgentSpec(
        swarmRef,
        role,
        image,
        command,
        args,
        env,
        task,
        profile,
        resources,
        workspace,
        proposeOn,
        maxAttempts,
        maxRevisions,
        timeoutSeconds,
        value,
        podOverrides);
  }

  /** Sizes of agents by name. */
  public enum Profile {
    /** Requests 500m and 1Gi, limits 1 and 2Gi. */
    Light,
    /** Requests 1 and 2Gi, limits 2 and 4Gi. */
    Medium,
    /** Requests 2 and 4Gi, limits 4 and 8Gi. */
    Heavy
  }

  /** When an agent's work becomes a proposal. */
  public enum ProposeOn {
    /** On {@code git push} and {@code qudag propose}. */
    Push,
    /** Also what is left in the workspace when the agent exits with 0. */
    ExitZero
  }

  /** The agent's working copy. */
  @ApiRecord
  @ValidationRule(
      value = "!(has(self.name) && has(self.storage))",
      message = "a workspace that is named has its own storage: remove name or storage")
  public record WorkspaceChoice(
      @Size(min = 1, max = 48)
          @JsonPropertyDescription(
              "A Workspace that is there already; without it the agent gets one of its own.")
          String name,
      @JsonPropertyDescription("Volume of the agent's own Workspace; 1Gi if not given.")
          Storage storage,
      @Default("Jujutsu") @JsonPropertyDescription("Version control of the agent's own Workspace.")
          Vcs vcs) {}
}
