package dev.qudag.node.hub.restore;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.DecisionRules;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.book.DecisionBook;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.book.Wishes;
import dev.qudag.node.hub.landing.ChainLog;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.objects.MissingObjects;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Takes open decisions back into the hub's books. A validator made none of them up: each carries
 * the signatures of who may ask for it.
 *
 * <p>A proposal whose decision can no longer land is open again, for the operator to have it
 * decided anew. What was withdrawn is not taken back, whoever has a decision of it.
 */
public final class OpenDecisions {
  private static final System.Logger LOG = System.getLogger(OpenDecisions.class.getName());

  private final ChainLog chain;
  private final HubRepository repository;
  private final ProposalBook proposals;
  private final DecisionBook decisions;
  private final VerifyingKey operator;
  private final MissingObjects lost;

  /**
   * @param operator the key that signs grants and orders
   */
  public OpenDecisions(
      ChainLog chain,
      HubRepository repository,
      ProposalBook proposals,
      DecisionBook decisions,
      VerifyingKey operator,
      MissingObjects lost) {
    this.chain = chain;
    this.repository = repository;
    this.proposals = proposals;
    this.decisions = decisions;
    this.operator = operator;
    this.lost = lost;
  }

  /** Takes them in the order in which they were asked for; how many are in the books then. */
  int take(Collection<Decision> open) {
    int taken = 0;
    for (Decision decision :
        open.stream().sorted(Comparator.comparingLong(OpenDecisions::askedAt)).toList()) {
      taken += take(decision) ? 1 : 0;
    }
    return taken;
  }

  private static long askedAt(Decision decision) {
    return switch (decision) {
      case MergeDecision merge -> merge.author().statement().timeMillis();
      case RevertDecision revert -> revert.order().order().timeMillis();
      case BatchDecision batch -> askedAt(batch.members().getFirst());
      case VoidDecision undone -> 0;
      case AdoptDecision adopt -> 0;
      case PolicyDecision change -> 0;
      case EngineDecision change -> 0;
      case SetDecision change -> 0;
    };
  }

  private boolean take(Decision decision) {
    return switch (decision) {
      case MergeDecision merge -> isGenuine(merge) && take(merge);
      case RevertDecision revert -> isGenuine(revert) && take(revert);
      case BatchDecision batch -> batch.members().stream().allMatch(this::isGenuine) && take(batch);
      case PolicyDecision change -> keep(change);
      case SetDecision change -> keep(change);
      case VoidDecision undone -> false;
      case AdoptDecision adopt -> false;
      case EngineDecision change -> false;
    };
  }

  private boolean keep(Decision decision) {
    boolean wanted = decision.isHandedIn() && isValid(decision);
    if (wanted) {
      decisions.keep(decision);
    }
    return wanted;
  }

  private boolean isGenuine(MergeDecision merge) {
    AuthorStatement statement = merge.author().statement();
    WorkspaceGrant grant = merge.grant().grant();
    Digest chainId = chain.state().chainId();
    return merge.chainId().equals(chainId)
        && statement.chainId().equals(chainId)
        && grant.chainId().equals(chainId)
        && statement.proposal().equals(merge.proposal())
        && statement.workspaceUid().equals(grant.workspaceUid())
        && statement.branch().equals(repository.branch().full())
        && merge.grant().isSignedBy(operator)
        && merge.author().isSignedBy(grant.signingKey());
  }

  private boolean take(MergeDecision merge) {
    return takeIn(merge, Wishes.NONE) && decideAgain(merge);
  }

  /**
   * Of one workspace, each stands on the one before it, and supersedes none. The others are taken
   * back also where one was withdrawn.
   */
  private boolean take(BatchDecision batch) {
    boolean whole = true;
    for (MergeDecision member : batch.members()) {
      whole &= takeIn(member, new Wishes(true, 0));
    }
    return whole && decideAgain(batch);
  }

  private boolean takeIn(MergeDecision merge, Wishes wishes) {
    AuthorStatement statement = merge.author().statement();
    if (proposals.isWithdrawn(merge.proposal())) {
      return false;
    }
    var commit = ObjectId.of(statement.commit());
    try {
      lost.require(commit, List.of(ObjectId.of(merge.base())));
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} is not back, its workspace must propose it again: {1}",
          statement.proposal(),
          e.getMessage());
      return false;
    }
    repository.keepProposal(statement);
    var unused =
        proposals.accept(
            new HubProposal.Submission(statement, merge.author().signature(), merge.grant()),
            wishes);
    return true;
  }

  private boolean isGenuine(RevertDecision revert) {
    RevertOrder order = revert.order().order();
    Digest chainId = chain.state().chainId();
    return revert.chainId().equals(chainId)
        && order.chainId().equals(chainId)
        && order.branch().equals(repository.branch().full())
        && revert.order().isSignedBy(operator);
  }

  /** All that it is made of is on the branch. */
  private boolean take(RevertDecision revert) {
    if (proposals.isBuried(revert.proposal(), revert.order().order().timeMillis())) {
      return false;
    }
    var unused = proposals.accept(revert.order());
    return decideAgain(revert);
  }

  /** True: what it lands is in the books, whether it can be decided again or not. */
  private boolean decideAgain(LandingDecision decision) {
    if (decision.proposals().stream().allMatch(this::isOpen) && isValid(decision)) {
      Digest digest = decisions.keep(decision);
      proposals.decide(
          decision.proposals(),
          digest,
          ObjectId.of(decision.commit()),
          ObjectId.of(decision.base()));
    }
    return true;
  }

  private boolean isOpen(String proposal) {
    return proposals
        .find(proposal)
        .filter(known -> known.standing() instanceof Standing.Open)
        .isPresent();
  }

  private boolean isValid(Decision decision) {
    ChainState state = chain.state();
    return DecisionRules.check(state, decision).isEmpty();
  }
}
