package dev.qudag.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.WorkspaceState;
import org.junit.jupiter.api.Test;

class HubChangeTest {
  private static final SwarmKey SWARM = new SwarmKey("ns", "s");
  private static final HubState STATE =
      HubState.newBuilder()
          .setHead("a")
          .addWorkspaces(WorkspaceState.newBuilder().setName("w").setRevision("r1"))
          .addWorkspaces(WorkspaceState.newBuilder().setName("x").setRevision("r1"))
          .addProposals(Proposal.newBuilder().setName("p").setWorkspaceName("y"))
          .build();

  @Test
  void theConnectionConcernsAll() {
    HubChange change = HubChange.ofConnection(SWARM);
    assertThat(change.concernsAll()).isTrue();
    assertThat(change.movesChain()).isTrue();
    assertThat(change.movesLine()).isTrue();
  }

  @Test
  void aSnapshotConcernsItsWorkspaceAlone() {
    HubState.Builder after = STATE.toBuilder();
    after.getWorkspacesBuilder(0).setRevision("r2");
    HubChange change = change(after);
    assertThat(change.workspaces()).containsExactly("w");
    assertThat(change.movesChain()).isFalse();
    assertThat(change.movesLine()).isFalse();
  }

  @Test
  void aProposalConcernsTheLineAndItsWorkspace() {
    HubState.Builder after = STATE.toBuilder();
    after.getProposalsBuilder(0).setState(ProposalState.DECIDING);
    HubChange change = change(after);
    assertThat(change.workspaces()).containsExactly("y");
    assertThat(change.movesLine()).isTrue();
    assertThat(change.movesChain()).isFalse();
  }

  @Test
  void votesConcernTheirProposalAlone() {
    HubState.Builder after = STATE.toBuilder();
    after.getProposalsBuilder(0).setApprovals(1).setRejections(1).setRequired(3);
    HubChange change = change(after);
    assertThat(change.workspaces()).containsExactly("y");
    assertThat(change.movesLine()).isFalse();
    assertThat(change.movesChain()).isFalse();
  }

  @Test
  void aProposalThatComesOrGoesMovesTheLine() {
    assertThat(change(STATE.toBuilder().removeProposals(0)).movesLine()).isTrue();
    HubState.Builder more = STATE.toBuilder();
    more.addProposals(Proposal.newBuilder().setName("q").setWorkspaceName("w"));
    assertThat(change(more).movesLine()).isTrue();
    assertThat(change(more).workspaces()).containsExactly("w");
  }

  @Test
  void aWorkspaceThatComesOrGoesIsNamed() {
    assertThat(change(STATE.toBuilder().removeWorkspaces(1)).workspaces()).containsExactly("x");
  }

  @Test
  void theHeadMovesTheChain() {
    HubChange change = change(STATE.toBuilder().setHead("b"));
    assertThat(change.movesChain()).isTrue();
    assertThat(change.workspaces()).isEmpty();
  }

  private static HubChange change(HubState.Builder after) {
    return HubChange.between(SWARM, STATE, after.build());
  }
}
