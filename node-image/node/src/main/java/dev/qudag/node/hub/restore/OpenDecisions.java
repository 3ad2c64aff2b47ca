package dev.qudag.node.hub.restore;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.DecisionRules;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.book.DecisionBook;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.landing.ChainLog;
import dev.qudag.node.hub.landing.LostObjects;
import dev.qudag.node.hub.repository.HubRepository;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Takes open decisions back into the hub's books. A validator made none of them up: each carries
 * the signatures of who may ask for it.
 *
 * <p>A proposal whose decision can no longer land is open again, for the operator to have it
 * decided anew. One that no validator ever judged is with its workspace alone.
 */
public final class OpenDecisions {
  private static final System.Logger LOG = System.getLogger(OpenDecisions.class.getName());

  private final ChainLog chain;
  private final HubRepository repository;
  private final ProposalBook proposals;
  private final DecisionBook decisions;
  private final VerifyingKey operator;
  private final LostObjects lost;

  /**
   * @param operator the key that signs grants
   */
  public OpenDecisions(
      ChainLog chain,
      HubRepository repository,
      ProposalBook proposals,
      DecisionBook decisions,
      VerifyingKey operator,
      LostObjects lost) {
    this.chain = chain;
    this.repository = repository;
    this.proposals = proposals;
    this.decisions = decisions;
    this.operator = operator;
    this.lost = lost;
  }

  /** Takes them in the order in which their authors asked; how many are in the books then. */
  int take(Collection<Decision> open) {
    ToLongFunction<Decision> asked =
        decision ->
            decision instanceof MergeDecision merge ? merge.author().statement().timeMillis() : 0;
    int taken = 0;
    for (Decision decision : open.stream().sorted(Comparator.comparingLong(asked)).toList()) {
      taken += take(decision) ? 1 : 0;
    }
    return taken;
  }

  private boolean take(Decision decision) {
    if (decision instanceof MergeDecision merge) {
      return isGenuine(merge) && take(merge);
    }
    boolean wanted = isOnAWord(decision) && isValid(decision);
    if (wanted) {
      decisions.keep(decision);
    }
    return wanted;
  }

  /** Whether the operator handed it in; a removal by evidence is between the validators. */
  private static boolean isOnAWord(Decision decision) {
    return decision instanceof PolicyDecision
        || (decision instanceof SetDecision change && change.grounds().isWord());
  }

  private boolean isGenuine(MergeDecision merge) {
    AuthorStatement statement = merge.author().statement();
    WorkspaceGrant grant = merge.grant().grant();
    Digest chainId = chain.state().chainId();
    return merge.chainId().equals(chainId)
        && statement.chainId().equals(chainId)
        && grant.chainId().equals(chainId)
        && statement.workspaceUid().equals(grant.workspaceUid())
        && statement.branch().equals(repository.branch().full())
        && merge.grant().isSignedBy(operator)
        && merge.author().isSignedBy(grant.signingKey());
  }

  private boolean take(MergeDecision merge) {
    AuthorStatement statement = merge.author().statement();
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
    HubProposal proposal =
        proposals.accept(
            new HubProposal.Submission(statement, merge.author().signature(), merge.grant()));
    if (proposal.standing() instanceof Standing.Open && isValid(merge)) {
      Digest digest = decisions.keep(merge);
      proposals.decide(
          proposal.name(), digest, ObjectId.of(merge.commit()), ObjectId.of(merge.base()));
    }
    return true;
  }

  private boolean isValid(Decision decision) {
    ChainState state = chain.state();
    return DecisionRules.check(state, decision).isEmpty();
  }
}
