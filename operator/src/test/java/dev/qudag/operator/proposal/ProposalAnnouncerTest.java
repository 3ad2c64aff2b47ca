package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProposalAnnouncerTest {
  private final Swarm swarm = new Swarm();
  private final HubState hub =
      HubState.newBuilder()
          .addProposals(said("mp-there", ProposalState.OPEN))
          .addProposals(said("mp-new", ProposalState.OPEN))
          .addProposals(said("mp-ended", ProposalState.CLOSED))
          .build();

  ProposalAnnouncerTest() {
    swarm.setMetadata(
        new ObjectMetaBuilder().withName("s").withNamespace("n").withUid("uid-of-s").build());
  }

  @Test
  void onlyWhatIsOpenAndNotThereIsMade() {
    assertThat(ProposalAnnouncer.missing(swarm, hub, Set.of("mp-there")))
        .extracting(proposal -> proposal.getMetadata().getName())
        .containsExactly("mp-new");
  }

  @Test
  void whatIsMadeIsHeldFromItsFirstMoment() {
    assertThat(ProposalAnnouncer.missing(swarm, hub, Set.of("mp-there")))
        .allSatisfy(
            proposal ->
                assertThat(proposal.getMetadata().getFinalizers())
                    .containsExactly(MergeProposalReconciler.FINALIZER));
  }

  @Test
  void whatAnAgentStackedDependsOnTheOneBelow() {
    Proposal stacked =
        said("mp-top", ProposalState.OPEN).toBuilder().addDependsOn("mp-below").build();

    assertThat(
            ProposalAnnouncer.missing(
                swarm, HubState.newBuilder().addProposals(stacked).build(), Set.of()))
        .singleElement()
        .satisfies(
            proposal -> assertThat(proposal.getSpec().dependsOn()).containsExactly("mp-below"));
  }

  private static Proposal said(String name, ProposalState state) {
    return Proposal.newBuilder()
        .setName(name)
        .setWorkspaceName("w")
        .setCommit("c".repeat(40))
        .setBranch("refs/heads/main")
        .setTitle("Change something")
        .setState(state)
        .build();
  }
}
