package dev.qudag.node.hub.landing;

import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.objects.MissingObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What a landing's commit is made of; what this hub has lost of it is brought back first. */
record CommitParts(HubRepository repository, MissingObjects lost) {
  /** The commit that follows from the decision. */
  byte[] bytes(LandingDecision decision) {
    var base = ObjectId.of(decision.base());
    var tree = ObjectId.of(decision.tree());
    return switch (decision) {
      case MergeDecision merge -> {
        var head = ObjectId.of(merge.head());
        requireParts(merge, repository.git().hasCommit(head));
        yield HubRepository.commitBytes(tree, base, head, merge.meta());
      }
      case RevertDecision revert -> {
        requireParts(revert, true);
        yield HubRepository.revertBytes(tree, base, revert.meta());
      }
    };
  }

  /** This hub took in what is merged and made the tree, unless it has another volume since. */
  private void requireParts(LandingDecision decision, boolean hasWhatIsMerged) {
    if (!hasWhatIsMerged || repository.git().treeOf(ObjectId.of(decision.tree())).isEmpty()) {
      require(ObjectId.of(decision.commit()), List.of(ObjectId.of(decision.base())));
    }
  }

  /** See {@link MissingObjects#require}. */
  void require(ObjectId commit, List<ObjectId> haves) {
    try {
      lost.require(commit, haves);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
