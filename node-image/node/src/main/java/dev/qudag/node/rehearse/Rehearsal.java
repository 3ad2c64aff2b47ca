package dev.qudag.node.rehearse;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.node.hub.HubCommand;
import dev.qudag.node.main.NodeEnvironment;
import dev.qudag.node.validator.ValidatorCommand;
import dev.qudag.node.verify.VerifyCommand;
import dev.qudag.node.workspace.WorkspaceNode;
import dev.qudag.node.workspace.vcs.Git;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.AnalyzeRequest;
import dev.qudag.proto.DecideRequest;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * One change from an agent's push to the certificate, through every role, as in a pod each.
 *
 * <p>hub, validator → enrol, join → workspace run → push → analyse → decide → landed → verify →
 * workspace handover.
 */
final class Rehearsal {
  private final Path folder;
  private final Operator operator = new Operator();
  private final Seat hub;
  private final Seat validator;
  private final Seat workspace;
  private final int loopbackPort = Seat.freePort();

  Rehearsal(Path folder) throws IOException {
    this.folder = folder;
    this.hub = Seat.of("s-hub", folder);
    this.validator = Seat.of("s-v0", folder);
    this.workspace = Seat.of("agent", folder);
  }

  void play() throws Exception {
    try (operator;
        var hubRole = Role.start("hub", () -> HubCommand.run(peer(hub)));
        var validatorRole = Role.start("validator", () -> ValidatorCommand.run(peer(validator)))) {
      Genesis genesis = operator.genesis(hub, validator, operator.enrol(hub).getHead());
      operator.enrol(validator);
      operator.join(hub, genesis);
      operator.join(validator, genesis);
      makeMounts();
      try (var run = Role.start("workspace run", () -> workspace().run())) {
        operator.enrol(workspace);
        operator.joinWorkspace(workspace, genesis);
        operator.awaitState(hub, Rehearsal::hearsAWorkspace);
        land(push());
        List.of(hub, validator, workspace).forEach(Rehearsal::probe);
      }
      verify(genesis);
      workspace().handover();
    }
  }

  private NodeEnvironment peer(Seat seat) {
    Map<String, String> variables = seat.variables(operator.identity);
    variables.put(
        "QUDAG_ADDRESSES",
        hub.name() + "=" + hub.address() + "," + validator.name() + "=" + validator.address());
    variables.put("QUDAG_BRANCH", "main");
    return NodeEnvironment.of(variables);
  }

  private WorkspaceNode workspace() {
    Map<String, String> variables = workspace.variables(operator.identity);
    variables.put("QUDAG_WORKSPACE_UID", workspace.name());
    variables.put("QUDAG_WORKSPACE_NAME", workspace.name());
    variables.put("QUDAG_AGENT_NAME", workspace.name());
    variables.put("QUDAG_HUB", hub.address());
    variables.put("QUDAG_BASE_BRANCH", "main");
    variables.put("QUDAG_LOOPBACK_PORT", Integer.toString(loopbackPort));
    variables.put("QUDAG_WORKSPACE_DIR", tree().toString());
    variables.put("QUDAG_RUN_DIR", workspace.folder().resolve("run").toString());
    return WorkspaceNode.of(variables);
  }

  private Path tree() {
    return workspace.folder().resolve("tree");
  }

  private void makeMounts() throws IOException {
    for (String mount : List.of("tree", "run")) {
      Files.createDirectories(workspace.folder().resolve(mount));
    }
  }

  private static boolean hearsAWorkspace(HubState state) {
    return state.getWorkspacesList().stream().anyMatch(known -> known.getLastHeartbeatMs() > 0);
  }

  /** As an agent does; the proposal that the hub makes of it. */
  private Proposal push() throws IOException {
    Files.writeString(tree().resolve("rehearsed.txt"), "rehearsed\n");
    agentGit("add", "--all");
    agentGit("commit", "--quiet", "--message", "Rehearse");
    agentGit("push", "--quiet", "http://127.0.0.1:" + loopbackPort + "/origin.git", "HEAD");
    return operator.awaitState(hub, state -> state.getProposalsCount() > 0).getProposals(0);
  }

  private void agentGit(String... arguments) {
    var agent = Map.of("GIT_WORK_TREE", tree().toString(), "GIT_ALLOW_PROTOCOL", "http");
    new Git(workspace.data().resolve("agent.git"), tree())
        .command(agent, arguments)
        .run()
        .orThrow();
  }

  private void land(Proposal proposal) throws IOException {
    String head = operator.awaitState(hub, state -> true).getHead();
    Analysis analysis =
        operator
            .control(hub)
            .analyze(
                AnalyzeRequest.newBuilder().setProposal(proposal.getName()).setBase(head).build());
    var ignored =
        operator
            .control(hub)
            .decide(
                DecideRequest.newBuilder()
                    .setProposal(proposal.getName())
                    .setBase(analysis.getBase())
                    .setCommit(analysis.getCommit())
                    .build());
    operator.awaitState(hub, state -> state.getProposals(0).getState() == ProposalState.LANDED);
  }

  private static void probe(Seat seat) {
    for (String path : List.of("healthz", "readyz", "metrics")) {
      var url = URI.create("http://127.0.0.1:" + seat.healthPort() + "/" + path);
      try (InputStream answer = url.toURL().openStream()) {
        answer.readAllBytes();
      } catch (IOException e) {
        throw new IllegalStateException(seat.name() + " does not answer", e);
      }
    }
  }

  private void verify(Genesis genesis) throws IOException {
    Path file = Files.write(folder.resolve("genesis"), genesis.encode());
    try (var certificates = Files.list(hub.data().resolve("certificates"))) {
      int code =
          new CommandLine(new VerifyCommand())
              .execute(
                  certificates.findFirst().orElseThrow().toString(),
                  "--genesis-file",
                  file.toString(),
                  "--genesis",
                  genesis.digest().hex());
      if (code != CommandLine.ExitCode.OK) {
        throw new IllegalStateException("verify ended with " + code);
      }
    }
  }
}
