package dev.qudag.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.operator.agent.lifecycle.Proposed;
import dev.qudag.operator.agent.lifecycle.Proposed.Outcome;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
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
            object("True", "CheckFailed", "[{name: tests, result: Failed, log: FAIL repeat}]"));
    assertThat(read.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(read.check()).contains(new Proposed.FailedCheck("tests", "FAIL repeat"));
  }

  @Test
  void aConflictIsMendable() {
    assertThat(
            read(hub(ProposalState.CLOSED, "ConflictUnresolved"), object("False", "Analyzing", ""))
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

  private static MergeProposal object(String ready, String reason, String checks) {
    return Serialization.unmarshal(
        """
        apiVersion: qudag.dev/v1alpha1
        kind: MergeProposal
        metadata: {name: mp-1, creationTimestamp: '2026-01-01T12:00:00Z'}
        status:
          conditions: [{type: Ready, status: '%s', reason: %s, message: m, lastTransitionTime: '2026-01-01T12:00:00Z'}]
          checks: %s
        """
            .formatted(ready, reason, checks.isEmpty() ? "[]" : checks),
        MergeProposal.class);
  }
}
