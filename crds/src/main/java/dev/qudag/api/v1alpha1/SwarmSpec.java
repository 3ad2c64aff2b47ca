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

/** What a person wants of a swarm. */
@ApiRecord
@ValidationRule(
    value =
        "has(self.adminKeys) == has(oldSelf.adminKeys) && (!has(self.adminKeys) || self.adminKeys == oldSelf.adminKeys)",
    message =
        "adminKeys is immutable, the genesis names them: put the old value back, or make a new Swarm")
@ValidationRule(
    value =
        "!has(self.agentGroups) || self.agentGroups.all(g, !has(g.template.env) || g.template.env.all(e,"
            + " !has(e.secretKeyRef) || (has(self.agentSecrets) && e.secretKeyRef.name in self.agentSecrets)))",
    message =
        "agents may refer only to Secrets that the Swarm allows: add the Secret to agentSecrets")
@ValidationRule(
    value =
        "!has(self.agentSecrets) || !has(self.repository.upstream) || !has(self.repository.upstream.credentialsSecretRef)"
            + " || !(self.repository.upstream.credentialsSecretRef.name in self.agentSecrets)",
    message =
        "no agent may have upstream's credentials: remove that Secret from agentSecrets, or name another one")
@ValidationRule(
    value =
        "!has(self.agentSecrets) || !has(self.policy) || !has(self.policy.landing) || !has(self.policy.landing.signingKeySecretRef)"
            + " || !(self.policy.landing.signingKeySecretRef.name in self.agentSecrets)",
    message =
        "no agent may have the key that signs commits: remove that Secret from agentSecrets, or name another one")
public record SwarmSpec(
    @Default("{}") @JsonPropertyDescription("The repository that the swarm works on.")
        Repository repository,
    @Required @JsonPropertyDescription("The validators that guard the branch.")
        Validators validators,
    @Default("{\"viewTimeoutMilliseconds\": 500}")
        @JsonPropertyDescription("How the validators agree.")
        Consensus consensus,
    @Default("{}")
        @JsonPropertyDescription(
            "What a change must satisfy. Becomes chain state by a decision of the validators.")
        MergePolicy policy,
    @Size(max = 32) @JsonPropertyDescription("Groups of agents that the operator makes.")
        List<AgentGroup> agentGroups,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Names of the Secrets that agents may refer to. The operator's own are never allowed.")
        List<@Size(min = 1, max = 253) String> agentSecrets,
    @Size(max = 8)
        @JsonPropertyDescription(
            "Public ML-DSA-87 keys of people, base64, as `qudag-node admin key` prints them. One of them must sign each change of policy, and each change of the set without evidence. Without any, the operator's word is enough. Immutable.")
        List<@Size(min = 3456, max = 3456) @Pattern("^[A-Za-z0-9+/]*$") String> adminKeys,
    @Default("false")
        @JsonPropertyDescription("Starts no agents and lands no merges while true; loses nothing.")
        boolean suspended) {

  /** 1 to 65535. */
  private static final String PORT =
      "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

  private static final String UPSTREAM_URL =
      "^(https?://|ssh://([A-Za-z0-9_][A-Za-z0-9._-]*@)?)[A-Za-z0-9][A-Za-z0-9.-]*(:"
          + PORT
          + ")?/[A-Za-z0-9._~/@+-]+$";

  /** As the chain's policy takes it: no control, format or private characters. */
  private static final String ONE_LINE = "^[^\\p{C}\\p{Zl}\\p{Zp}]*$";

  public SwarmSpec {
    agentGroups = Absent.orEmpty(agentGroups);
    agentSecrets = Absent.orEmpty(agentSecrets);
    adminKeys = Absent.orEmpty(adminKeys);
  }

  /** The bare repository that the hub keeps. */
  @ApiRecord
  @ValidationRule(
      value =
          "has(self.seedConfigMapRef) == has(oldSelf.seedConfigMapRef) && (!has(self.seedConfigMapRef) || self.seedConfigMapRef == oldSelf.seedConfigMapRef)",
      message =
          "seedConfigMapRef is immutable, the first commit was made from it: put the old value back")
  @ValidationRule(
      value = "has(self.upstream) == has(oldSelf.upstream)",
      message =
          "a Swarm has an upstream from the start or never, as its genesis says: make a new Swarm")
  @ValidationRule(
      value = "!has(self.upstream) || !has(self.seedConfigMapRef)",
      message = "the first commit comes from upstream: remove seedConfigMapRef")
  public record Repository(
      @Default("main")
          @Size(min = 1, max = 64)
          @Pattern("^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$")
          @ValidationRule(
              value = "self == oldSelf",
              message = "branch is immutable: make a new Swarm for another branch")
          @JsonPropertyDescription("The protected branch; only the hub moves it.")
          String branch,
      @JsonPropertyDescription(
              "ConfigMap whose key files.yaml maps paths to text: the branch's first commit. Without it the first commit is empty.")
          LocalRef seedConfigMapRef,
      @JsonPropertyDescription(
              "Branch of a Git server outside that the protected branch starts from and is pushed to. Who may push there is trusted.")
          Upstream upstream,
      @Default("{}") @JsonPropertyDescription("The hub's volume.") RepositoryStorage storage) {}

  /** A branch of a Git server outside, which takes each landing first. */
  @ApiRecord
  @ValidationRule(
      value =
          "has(self.branch) == has(oldSelf.branch) && (!has(self.branch) || self.branch == oldSelf.branch)",
      message = "upstream's branch is immutable, the genesis began with it: put the old value back")
  @ValidationRule(
      value = "!self.url.startsWith('ssh:') || has(self.credentialsSecretRef)",
      message =
          "SSH needs a key and the server's host keys: name a Secret with ssh-privatekey and known_hosts in credentialsSecretRef")
  public record Upstream(
      @Required
          @Size(min = 1, max = 512)
          @Pattern(UPSTREAM_URL)
          @JsonPropertyDescription(
              "https://host/path, http://host/path or ssh://user@host/path, without a password.")
          String url,
      @Size(min = 1, max = 64)
          @Pattern("^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$")
          @JsonPropertyDescription("Name of the branch there; without it, as here. Immutable.")
          String branch,
      @Default("Push")
          @JsonPropertyDescription(
              "Push: what was certified is pushed to the branch itself, if it is where it was.")
          UpstreamMode mode,
      @JsonPropertyDescription(
              "Secret with username and password, or with ssh-privatekey and known_hosts; ca.crt beside for an HTTPS server of a private authority. Only the hub mounts it.")
          LocalRef credentialsSecretRef) {}

  /**
   * The hub's volume: without an upstream it holds the only copy, so it stays unless said
   * otherwise.
   */
  @ApiRecord
  @ValidationRule(
      value =
          "has(self.storageClassName) == has(oldSelf.storageClassName) && (!has(self.storageClassName) || self.storageClassName == oldSelf.storageClassName)",
      message =
          "storageClassName is immutable: a volume cannot change its class; put the old value back")
  public record RepositoryStorage(
      @Default("1Gi")
          @Size(min = 1, max = 32)
          @Pattern(Storage.SIZE)
          @ValidationRule(value = Storage.GROWS, message = Storage.GROWS_MESSAGE)
          @JsonPropertyDescription(
              "Size of the volume in bytes, for example 1Gi. May grow, never shrinks.")
          String size,
      @Size(min = 1, max = 253)
          @JsonPropertyDescription(
              "StorageClass of the volume; without it, the cluster's default class. Immutable.")
          String storageClassName,
      @Default("Retain")
          @JsonPropertyDescription("What becomes of the volume when the Swarm is deleted.")
          Retention retention) {}

  /** The set that must agree on every merge: 3f + 1 validators tolerate f that lie. */
  @ApiRecord
  public record Validators(
      @Required
          @Min(1)
          @Max(31)
          @ValidationRule(
              value = "self == 1 || self >= 4",
              message =
                  "2 and 3 validators tolerate no fault: use 1 (for trying out) or at least 4")
          @JsonPropertyDescription(
              "Number of validators: 1 for trying out, 4 to tolerate one faulty, 7 for two.")
          int replicas,
      @Default("{\"size\": \"256Mi\"}") @JsonPropertyDescription("Volume of each validator.")
          Storage storage,
      @JsonPropertyDescription("Resources of each validator's container.") Resources resources,
      @JsonPropertyDescription("What the cluster needs said about the validators' pods.")
          PodOverrides podOverrides) {}

  /** Timing of Simplex. */
  @ApiRecord
  public record Consensus(
      @Default("500")
          @Min(50)
          @Max(60000)
          @JsonPropertyDescription(
              "How long validators wait for a leader before they go on to the next view, in milliseconds.")
          int viewTimeoutMilliseconds) {}

  /** What a change must satisfy before the validators may approve it. */
  @ApiRecord
  public record MergePolicy(
      @Size(max = 16)
          @JsonPropertyDescription("Checks that must all pass on the exact tree that would land.")
          List<Check> checks,
      @Size(max = 64)
          @JsonPropertyDescription(
              "Globs of paths that no change may touch, for example .github/**.")
          List<@Size(min = 1, max = 256) @Pattern(ONE_LINE) String> denyPaths,
      @Size(max = 3)
          @Default("[\"Textual\", \"Syntactic\"]")
          @JsonPropertyDescription(
              "Categories of merges that land without a person once every check passed. What is None always does, what is Complex never. Semantic: both sides changed the same symbol, or one uses what the other changed; for those who trust their checks.")
          List<AutoResolve> autoResolve,
      @Default(
              "{\"maxWindow\": 4, \"batchSize\": 1, \"maxRunningChecks\": 64, \"agentPriorityCap\": 0}")
          @JsonPropertyDescription("How proposals queue.")
          Queue queue,
      @Default("{\"method\": \"Merge\", \"signOff\": false}")
          @JsonPropertyDescription("How what passed becomes commits on the branch.")
          Landing landing) {
    public MergePolicy {
      landing = landing == null ? new Landing(LandingMethod.Merge, false, null, null) : landing;
      checks = Absent.orEmpty(checks);
      denyPaths = Absent.orEmpty(denyPaths);
      autoResolve =
          autoResolve == null
              ? List.of(AutoResolve.Textual, AutoResolve.Syntactic)
              : List.copyOf(autoResolve);
    }
  }

  /** The form of what lands; a change of it holds for what is decided from then on. */
  @ApiRecord
  @ValidationRule(
      value = "has(self.signingKeySecretRef) == has(self.signingKey)",
      message =
          "a signature needs both halves of the key: put the Secret with the private one into signingKeySecretRef, and the line of its .pub file into signingKey, or remove both")
  public record Landing(
      @Default("Merge")
          @JsonPropertyDescription(
              "Merge: one merge commit. Squash: one commit on the branch, with the merged tree. Rebase: each commit of the proposal, at most 100, made again on the branch; refused when one of them is a merge, or conflicts by itself.")
          LandingMethod method,
      @Default("false")
          @JsonPropertyDescription(
              "Whether each commit ends with Signed-off-by of its author: the agent of the proposal, or the person who ordered the revert.")
          boolean signOff,
      @JsonPropertyDescription(
              "Secret whose key ssh-privatekey is an Ed25519 key of OpenSSH without a passphrase: the hub signs each commit with it, and nothing lands without. Only the hub mounts it.")
          LocalRef signingKeySecretRef,
      @Size(min = 80, max = 512)
          @Pattern("^ssh-ed25519 [A-Za-z0-9+/]{68}( [^\\p{C}\\p{Zl}\\p{Zp}]*)?$")
          @JsonPropertyDescription(
              "The public half, as the .pub file has it. Chain state: the validators take only commits that this key signed.")
          String signingKey) {
    public Landing {
      method = method == null ? LandingMethod.Merge : method;
    }
  }

  /** A category of merges that can land without a person. */
  public enum AutoResolve {
    /** Both sides changed a file, and lines merge. */
    Textual,
    /** The structure of the files merges where lines do not. */
    Syntactic,
    /** It merges, but both sides changed the same symbol, or one uses what the other changed. */
    Semantic
  }

  /**
   * A program that judges a tree by its exit code, run as a Job without network rights or Secrets.
   */
  @ApiRecord
  public record Check(
      @Required
          @Size(min = 1, max = 40)
          @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
          @JsonPropertyDescription("Name of the check, unique in the policy.")
          String name,
      @Required @Size(min = 1, max = 512) @JsonPropertyDescription("Image that the check runs in.")
          String image,
      @Required
          @Size(min = 1, max = 64)
          @JsonPropertyDescription("Program and arguments; exit code 0 passes.")
          List<@Size(max = 8192) String> command,
      @Default("600")
          @Min(1)
          @Max(86400)
          @JsonPropertyDescription("When the check counts as failed, in seconds after its start.")
          int timeoutSeconds,
      @Default("1")
          @Min(0)
          @Max(10)
          @JsonPropertyDescription(
              "How often a failure is run again before it counts. What passes then is called flaky.")
          int retries,
      @Size(max = 16)
          @JsonPropertyDescription(
              "Globs of paths, for example src/**: a change that touches none of them lands without the check. Without any, every change needs it.")
          List<@Size(min = 1, max = 256) @Pattern(ONE_LINE) String> paths,
      @Size(max = 32) @JsonPropertyDescription("Environment of the check.") List<CheckEnvVar> env,
      @JsonPropertyDescription("Resources of the check's container.") Resources resources) {
    public Check {
      command = Absent.orEmpty(command);
      paths = Absent.orEmpty(paths);
      env = Absent.orEmpty(env);
    }
  }

  /** How proposals wait for the branch. */
  @ApiRecord
  public record Queue(
      @Default("4")
          @Min(1)
          @Max(16)
          @JsonPropertyDescription(
              "How many proposals at most are checked at once, each on the assumption that those before it land; the queue begins with 4, takes one more after each landing, and half as many after a failed check.")
          int maxWindow,
      @Default("1")
          @Min(1)
          @Max(4)
          @JsonPropertyDescription(
              "How many proposals at most share their checks when more wait than are checked at once; above 1, those that passed land together, and a batch that failed is halved until who is to blame is alone.")
          int batchSize,
      @Default("64")
          @Min(1)
          @Max(256)
          @JsonPropertyDescription(
              "How many Jobs of checks at most run at once; at least one tree is checked.")
          int maxRunningChecks,
      @Default("0")
          @Min(0)
          @Max(24)
          @JsonPropertyDescription(
              "Highest priority that agents may ask for, in hours of head start; people set any by the annotation qudag.dev/priority.")
          int agentPriorityCap) {}

  /** Agents made from one template. */
  @ApiRecord
  @ValidationRule(
      value = "!has(self.template.task) || self.replicas <= 1",
      message =
          "several agents cannot share one task: use tasks, one for each replica, in place of template.task")
  @ValidationRule(
      value = "!has(self.tasks) || !has(self.template.task)",
      message = "a group has either tasks or template.task: remove one of the two")
  @ValidationRule(
      value = "!has(self.tasks) || size(self.tasks) == self.replicas",
      message = "tasks has one entry for each replica: make replicas equal to the number of tasks")
  @ValidationRule(
      value =
          "!has(self.template.workspace) || !has(self.template.workspace.name) || self.replicas <= 1",
      message = "several agents cannot share one workspace: remove template.workspace.name")
  public record AgentGroup(
      @Required
          @Size(min = 1, max = 16)
          @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
          @JsonPropertyDescription("Name of the group, part of its agents' names.")
          String name,
      @Default("1") @Min(0) @Max(64) @JsonPropertyDescription("Number of agents.") int replicas,
      @Required
          @ValidationRule(
              value = "!has(self.swarmRef)",
              message = "the agents of a group belong to this Swarm: remove template.swarmRef")
          @JsonPropertyDescription("Spec of the group's agents, without swarmRef.")
          AgentSpec template,
      @Size(max = 64) @JsonPropertyDescription("One task for each agent, by index.")
          List<Task> tasks) {
    public AgentGroup {
      tasks = Absent.orEmpty(tasks);
    }
  }
}
