package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposal;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is looked at again when something moves. */
class ProposalSourcesTest {
  @Test
  void aProposalThatMovedWakesTheOthersOfItsLine() {
    var moved = new MergeProposal();
    moved.setMetadata(new ObjectMetaBuilder().withNamespace("n").withName("mp-a").build());
    var itself = new ResourceID("mp-a", "n");
    var other = new ResourceID("mp-b", "n");

    assertThat(ProposalSources.withoutItself(Set.of(itself, other), moved)).containsExactly(other);
  }
}
