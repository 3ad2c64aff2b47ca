package dev.qudag.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalSpec;
import dev.qudag.operator.agent.lifecycle.Proposed;
import dev.qudag.operator.agent.lifecycle.Proposed.Outcome;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProposalReaderTest {
  private static final String WORKSPACE = "w-uid";

  @Test
  void believesTheHubBeforeTheObject() {
    assertThat(read(hub(ProposalState.LANDED, ""), object("False", "Landing", "")).outcome())
        .isEqualTo(Outcome.MERGED);
  }

  @Test
  void believesTheObjectOfAProposalThatTheHubForgot() {
    assertThat(read(HubState.getDefaultInstance(), object("True", "Merged", "")).outcome())
        .isEqualTo(Outcome.MERGED);
  }

  @Test
  void staleIsOnItsWay() {
    assertThat(read(hub(ProposalState.STALE, ""), object("False", "Queued", "")).outcome())
        .isEqualTo(Outcome.OPEN);
  }

  @Test
  void waitsForTheOutputOfTheFailedCheck() {
    assertThat(
            read(hub(ProposalState.CLOSED, "CheckFailed"), object("False", "Checking", ""))
                .outcome())
        .isEqualTo(Outcome.OPEN);
  }

  @Test
  void passesTheOutputOfTheFailedCheckOn() {
    Proposed read =
        read(
            hub(ProposalState.CLOSED, "CheckFailed"),
            object(
                "True",
                "CheckFailed",
                "[{name: tests, result: Failed, exitCode: 3, log: FAIL repeat}]"));
    assertThat(read.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(read.evidence().check())
        .contains(new Proposed.FailedCheck("tests", Optional.of(3), "FAIL repeat"));
  }

  @Test
  void waitsForThePathsInConflict() {
    MergeProposal behind = object("False", "Analyzing", "");
    assertThat(read(hub(ProposalState.CLOSED, "ConflictUnresolved"), behind).outcome())
        .isEqualTo(Outcome.OPEN);

    behind.setStatus(inConflict("False", "ConflictUnresolved").getStatus());
    Proposed read = read(hub(ProposalState.CLOSED, "ConflictUnresolved"), behind);
    assertThat(read.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(read.evidence().conflicts()).containsExactly("src/a.sh");
  }

  @Test
  void aLostDependencyShowsWhatWasWrongWithIt() {
    MergeProposal below =
        object("True", "CheckFailed", "[{name: tests, result: Failed, log: FAIL}]");
    below.getMetadata().setName("mp-0");
    MergeProposal top = object("True", "DependencyFailed", "");
    var spec = top.getSpec();
    top.setSpec(
        new MergeProposalSpec(
            spec.swarmRef(), spec.source(), spec.targetBranch(), null, null, List.of("mp-0")));
    List<Proposed> read =
        ProposalReader.read(
            WORKSPACE,
            Optional.of(hub(ProposalState.CLOSED, "DependencyFailed")),
            List.of(below, top));

    assertThat(read)
        .filteredOn(proposed -> proposed.name().equals("mp-1"))
        .singleElement()
        .satisfies(
            proposed ->
                assertThat(proposed.evidence().check())
                    .contains(new Proposed.FailedCheck("tests", Optional.empty(), "FAIL")));
  }

  @Test
  void aPersonsRejectionIsMendableAndTheValidatorsIsNot() {
    MergeProposal object = object("True", "Rejected", "");
    assertThat(read(hub(ProposalState.CLOSED, "Rejected"), object).outcome())
        .isEqualTo(Outcome.ENDED);

    object.getMetadata().setAnnotations(Map.of("qudag.dev/reject", "use the parser"));
    assertThat(read(hub(ProposalState.CLOSED, "Rejected"), object).outcome())
        .isEqualTo(Outcome.REFUSED);
    assertThat(read(HubState.getDefaultInstance(), object).outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void aConflictIsMendable() {
    assertThat(
            read(
                    hub(ProposalState.CLOSED, "ConflictUnresolved"),
                    inConflict("True", "ConflictUnresolved"))
                .outcome())
        .isEqualTo(Outcome.REFUSED);
  }

  @Test
  void aLostDependencyIsMendable() {
    assertThat(
            read(hub(ProposalState.CLOSED, "DependencyFailed"), object("False", "Queued", ""))
                .outcome())
        .isEqualTo(Outcome.REFUSED);
  }

  @Test
  void aWithdrawalIsNot() {
    assertThat(
            read(hub(ProposalState.CLOSED, "Withdrawn"), object("True", "Withdrawn", "")).outcome())
        .isEqualTo(Outcome.ENDED);
  }

  @Test
  void leavesOutProposalsOfOtherWorkspaces() {
    HubState hub =
        HubState.newBuilder()
            .addProposals(Proposal.newBuilder().setName("mp-9").setWorkspaceUid("other"))
            .build();
    assertThat(ProposalReader.read(WORKSPACE, Optional.of(hub), List.of())).isEmpty();
  }

  private static Proposed read(HubState hub, MergeProposal object) {
    List<Proposed> read = ProposalReader.read(WORKSPACE, Optional.of(hub), List.of(object));
    assertThat(read).hasSize(1);
    return read.getFirst();
  }

  private static HubState hub(ProposalState state, String reason) {
    return HubState.newBuilder()
        .addProposals(
            Proposal.newBuilder()
                .setName("mp-1")
                .setWorkspaceUid(WORKSPACE)
                .setState(state)
                .setReason(reason))
        .build();
  }

  private static MergeProposal inConflict(String ready, String reason) {
    return object(ready, reason, "[]\n  conflicts: {files: 1, paths: [src/a.sh]}");
  }

  private static MergeProposal object(String ready, String reason, String checks) {
    return Serialization.unmarshal(
        """
        apiVersion: qudag.dev/v1alpha1
        kind: MergeProposal
        metadata: {name: mp-1, creationTimestamp: '2026-01-01T12:00:00Z'}
        spec: {swarmRef: {name: s}, source: {workspace: w}, targetBranch: main}
        status:
          conditions: [{type: Ready, status: '%s', reason: %s, message: m, lastTransitionTime: '2026-01-01T12:00:00Z'}]
          checks: %s
        """
            .formatted(ready, reason, checks.isEmpty() ? "[]" : checks),
        MergeProposal.class);
  }
}
