package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.operator.proposal.queue.Window.Outcome;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineHistoryTest {

  @Test
  void theHubTellsWhatLandedAndWhatDidNot() {
    var hub =
        HubState.newBuilder()
            .addProposals(
                Proposal.newBuilder()
                    .setName("a")
                    .setState(ProposalState.LANDED)
                    .setDecisionBase("one")
                    .setMergedCommit("two"))
            .addProposals(Proposal.newBuilder().setName("b").setState(ProposalState.CLOSED))
            .addProposals(Proposal.newBuilder().setName("c").setState(ProposalState.OPEN))
            .build();

    var history = new LineHistory(hub, List.of(ended("c", "Rejected", 1)));

    assertThat(history.landed()).containsExactly("a");
    assertThat(history.lost()).containsExactly("b");
    assertThat(history.heads()).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void whatTheHubForgotIsRememberedByItsObject() {
    var history =
        new LineHistory(
            HubState.getDefaultInstance(),
            List.of(ended("a", "Merged", 1), ended("b", "Rejected", 2)));

    assertThat(history.landed()).containsExactly("a");
    assertThat(history.lost()).containsExactly("b");
  }

  @Test
  void endsAreInTheOrderOfTimeAndOnlyChecksAndLandingsCount() {
    var history =
        new LineHistory(
            HubState.getDefaultInstance(),
            List.of(
                ended("a", "CheckFailed", 3),
                ended("b", "Withdrawn", 2),
                ended("c", "Merged", 1),
                ended("d", "Merged", 4)));

    assertThat(history.ends()).containsExactly(Outcome.LANDED, Outcome.FAILED, Outcome.LANDED);
  }

  private static MergeProposal ended(String name, String reason, int second) {
    return new KubernetesSerialization()
        .unmarshal(
            """
            apiVersion: qudag.dev/v1alpha1
            kind: MergeProposal
            metadata: {name: %s, namespace: n}
            spec: {swarmRef: {name: s}, source: {workspace: w}, targetBranch: main}
            status:
              conditions:
                - type: Ready
                  status: "True"
                  reason: %s
                  message: over
                  lastTransitionTime: "2026-01-01T00:00:0%dZ"
              %s
            """
                .formatted(
                    name, reason, second, reason.equals("Merged") ? "mergedCommit: two" : ""),
            MergeProposal.class);
  }
}
