package dev.qudag.node.hub.landing;

import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.landing.LandingCommits;
import dev.qudag.node.commit.DecidedCommits;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.objects.MissingObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Has the commits of a landing made; what this hub has lost of them is brought back first. */
final class CommitParts {
  private final HubRepository repository;
  private final MissingObjects lost;
  private final DecidedCommits commits;

  CommitParts(HubRepository repository, MissingObjects lost) {
    this.repository = repository;
    this.lost = lost;
    this.commits = new DecidedCommits(repository.git());
  }

  /**
   * Has the commits that follow from the decision in the repository.
   *
   * @return whether the last one is the one that the decision names
   */
  boolean make(LandingDecision decision) {
    if (hasParts(decision)) {
      return isMade(decision);
    }
    bring(decision);
    return hasParts(decision) ? isMade(decision) : isThere(decision);
  }

  private boolean isMade(LandingDecision decision) {
    var outcome = commits.make(decision);
    if (outcome instanceof LandingCommits.Outcome.Made made
        && made.commit().hex().equals(decision.commit())) {
      return true;
    }
    if (!mayDiffer(decision, outcome)) {
      return false;
    }
    bring(decision);
    return isThere(decision);
  }

  /**
   * Whether what was decided may have been made right all the same: by another engine, since this
   * hub was updated, or by a program that came to its end then.
   */
  private boolean mayDiffer(LandingDecision decision, LandingCommits.Outcome outcome) {
    return !decision.engineDigest().hex().equals(repository.git().engine().hex())
        || (outcome instanceof LandingCommits.Outcome.Refused refused && refused.isByChance());
  }

  private void bring(LandingDecision decision) {
    require(ObjectId.of(decision.commit()), List.of(ObjectId.of(decision.base())));
  }

  /**
   * What is squashed or rebased is no ancestor of what lands, and may be gone with the volume: then
   * it is the word of the validators, who made the commit again, that it follows from it.
   */
  private boolean isThere(LandingDecision decision) {
    var commit = ObjectId.of(decision.commit());
    return decision.landedAs().policy().method() != LandingPolicy.Method.MERGE
        && repository.git().treeOf(commit).filter(ObjectId.of(decision.tree())::equals).isPresent();
  }

  /** This hub took in what is merged and made the tree, unless it has another volume since. */
  private boolean hasParts(LandingDecision decision) {
    return switch (decision) {
      case MergeDecision merge -> hasParts(merge);
      case RevertDecision revert -> hasTree(revert.tree());
      case BatchDecision batch -> batch.members().stream().allMatch(this::hasParts);
    };
  }

  private boolean hasParts(MergeDecision merge) {
    return repository.git().hasCommit(ObjectId.of(merge.head())) && hasTree(merge.tree());
  }

  private boolean hasTree(String tree) {
    return repository.git().treeOf(ObjectId.of(tree)).isPresent();
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
