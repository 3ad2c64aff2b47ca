package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.LocalRef;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalSpec;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.operator.children.Children;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Set;

/**
 * Which MergeProposals there must be: one for each proposal that the hub holds open. What has ended
 * is not made again, so a proposal that a person deleted stays away. For that the object is held
 * from its first moment: deleted before, it would be gone without a word to the hub.
 */
final class ProposalAnnouncer {
  private static final String HEADS = "refs/heads/";
  private static final int MAX_TITLE = 200;

  private ProposalAnnouncer() {}

  /** Those that are not there yet. */
  static List<MergeProposal> missing(Swarm swarm, HubState hub, Set<String> there) {
    return hub.getProposalsList().stream()
        .filter(said -> !there.contains(said.getName()))
        .filter(ProposalAnnouncer::isOpen)
        .map(said -> desired(swarm, said))
        .toList();
  }

  private static boolean isOpen(Proposal said) {
    return switch (said.getState()) {
      case OPEN, DECIDING, STALE -> true;
      case LANDED, CLOSED, PROPOSAL_STATE_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  private static MergeProposal desired(Swarm swarm, Proposal said) {
    var proposal = new MergeProposal();
    ObjectMeta meta =
        Children.meta(swarm, said.getName(), swarm.getMetadata().getName(), "proposal");
    meta.setFinalizers(List.of(MergeProposalReconciler.FINALIZER));
    proposal.setMetadata(meta);
    proposal.setSpec(
        new MergeProposalSpec(
            new LocalRef(swarm.getMetadata().getName()),
            source(said),
            said.getBranch().startsWith(HEADS)
                ? said.getBranch().substring(HEADS.length())
                : said.getBranch(),
            said.getTitle().isBlank() ? null : bounded(said.getTitle()),
            null,
            said.getDependsOnList()));
    return proposal;
  }

  private static MergeProposalSpec.Source source(Proposal said) {
    return said.hasRevert()
        ? new MergeProposalSpec.Source(
            null, null, new MergeProposalSpec.Revert(said.getCommit(), said.getAuthor()))
        : new MergeProposalSpec.Source(said.getWorkspaceName(), said.getCommit(), null);
  }

  private static String bounded(String title) {
    return title.codePointCount(0, title.length()) <= MAX_TITLE
        ? title
        : title.substring(0, title.offsetByCodePoints(0, MAX_TITLE - 1)) + "…";
  }
}
