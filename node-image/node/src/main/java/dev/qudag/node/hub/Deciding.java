package dev.qudag.node.hub;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.DecisionRules;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.ExactRevert;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.policy.CheckRule;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.MergeAnalyzer;
import dev.qudag.node.hub.analysis.Analyses;
import dev.qudag.node.hub.book.Changes;
import dev.qudag.node.hub.book.DecisionBook;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.node.hub.book.ProposalSource;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.landing.ChainLog;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.upstream.Following;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes decisions. The operator says which proposal, which base and what the checks said;
 * everything else follows from the author's statement or a person's order and the objects, and a
 * validator derives it again.
 */
final class Deciding {
  private final HubRepository repository;
  private final ChainLog chain;
  private final ProposalBook proposals;
  private final DecisionBook decisions;
  private final Analyses analyses;
  private final Changes changes;
  private final Optional<Following> following;

  /**
   * @param following what keeps the branch in step with upstream's, where there is one
   */
  Deciding(
      HubRepository repository,
      ChainLog chain,
      ProposalBook proposals,
      DecisionBook decisions,
      Analyses analyses,
      Changes changes,
      Optional<Following> following) {
    this.repository = repository;
    this.chain = chain;
    this.proposals = proposals;
    this.decisions = decisions;
    this.analyses = analyses;
    this.changes = changes;
    this.following = following;
  }

  /**
   * The decision that lands the proposals, in their order, on the head of their branch: all or
   * none. Asking again gives the one that is under way.
   *
   * @param commit the exact commit as analysed, of the last of them
   * @param checks on its tree
   */
  synchronized Digest land(
      List<String> names, ObjectId base, ObjectId commit, List<CheckResult> checks) {
    List<HubProposal> all = names.stream().map(this::find).toList();
    Optional<Digest> known = known(all.getFirst(), base, commit);
    if (known.isPresent()) {
      return known.get();
    }
    if (following.filter(Following::isMoving).isPresent()) {
      throw new RefusedException(
          "UpstreamMoved", "the branch follows upstream first, then " + names + " is decided");
    }
    List<CheckResult> sorted = inOrderOf(chain.state().policy().checks(), checks);
    LandingDecision decision =
        all.size() == 1
            ? single(all.getFirst(), base, sorted)
            : new BatchDecision(members(all, base), sorted);
    if (!decision.commit().equals(commit.hex())) {
      throw new RefusedException(
          "OtherCommit",
          names + " on " + base + " is the commit " + decision.commit() + ", not " + commit);
    }
    requireValid(decision);
    Digest digest = decisions.keep(decision);
    if (!proposals.decide(names, digest, commit, base)) {
      throw new RefusedException("Ended", "one of " + names + " has ended meanwhile");
    }
    return digest;
  }

  private HubProposal find(String name) {
    return proposals
        .find(name)
        .orElseThrow(() -> new RefusedException("UnknownProposal", "the hub has no " + name));
  }

  /** The decision that lands it already, or would; those with it are in the same. */
  private static Optional<Digest> known(HubProposal proposal, ObjectId base, ObjectId commit) {
    return switch (proposal.standing()) {
      case Standing.Landed landed -> Optional.of(landed.was().decision());
      case Standing.Deciding deciding
          when deciding.base().equals(base) && deciding.commit().equals(commit) ->
          Optional.of(deciding.decision());
      case Standing.Closed closed ->
          throw new RefusedException(closed.reason(), proposal.name() + " is at an end");
      case Standing.Deciding _, Standing.Open _, Standing.Stale _ -> Optional.empty();
    };
  }

  private LandingDecision single(HubProposal proposal, ObjectId base, List<CheckResult> checks) {
    Analyses.Analysed.Clean clean = clean(proposal, base);
    return switch (proposal.source()) {
      case ProposalSource.Change change -> merge(change, base, clean, checks);
      case ProposalSource.Revert revert -> revert(revert, base, clean, checks);
    };
  }

  private Analyses.Analysed.Clean clean(HubProposal proposal, ObjectId base) {
    if (!(analyses.of(proposal.source(), base) instanceof Analyses.Analysed.Clean clean)) {
      throw new RefusedException(
          "NotMergeable", proposal.name() + " does not merge cleanly onto " + base);
    }
    if (Analyses.isHeld(chain.state().policy(), clean)) {
      throw new RefusedException(
          "NotMergeable",
          "the policy leaves what is %s to its author, and %s is, on %s"
              .formatted(clean.merge().category(), proposal.name(), base));
    }
    return clean;
  }

  /** Each onto the commit of the one before it; the checks are the batch's. */
  private List<MergeDecision> members(List<HubProposal> all, ObjectId start) {
    List<MergeDecision> members = new ArrayList<>();
    ObjectId base = start;
    for (HubProposal proposal : all) {
      if (!(proposal.source() instanceof ProposalSource.Change change) || proposal.isAlone()) {
        throw new RefusedException("LandsAlone", proposal.name() + " is decided by itself");
      }
      Analyses.Analysed.Clean clean = clean(proposal, base);
      members.add(merge(change, base, clean, List.of()));
      base = clean.commit();
    }
    return members;
  }

  private MergeDecision merge(
      ProposalSource.Change change,
      ObjectId base,
      Analyses.Analysed.Clean clean,
      List<CheckResult> checks) {
    ChainState state = chain.state();
    ObjectId tree = clean.merge().tree();
    return new MergeDecision(
        state.chainId(),
        change.branch(),
        state.voids(change.branch()),
        change.proposal(),
        new ExactMerge(
            base.hex(),
            clean.merge().mergeBase().hex(),
            change.commit(),
            tree.hex(),
            clean.content(),
            clean.commit().hex(),
            clean.merge().category().name()),
        clean.meta(),
        Digest.ofHex(repository.git().engine().hex()),
        state.policyDigest(),
        checks,
        change.signedStatement(),
        change.signedGrant(),
        clean.landedAs());
  }

  private RevertDecision revert(
      ProposalSource.Revert revert,
      ObjectId base,
      Analyses.Analysed.Clean clean,
      List<CheckResult> checks) {
    ChainState state = chain.state();
    ObjectId reverted = clean.merge().mergeBase();
    ObjectId tree = clean.merge().tree();
    return new RevertDecision(
        state.chainId(),
        revert.branch(),
        state.voids(revert.branch()),
        new ExactRevert(
            base.hex(),
            reverted.hex(),
            new MergeAnalyzer(repository.git()).before(reverted).orElseThrow().hex(),
            tree.hex(),
            clean.content(),
            clean.commit().hex()),
        clean.meta(),
        Digest.ofHex(repository.git().engine().hex()),
        state.policyDigest(),
        checks,
        revert.signedOrder(),
        clean.landedAs());
  }

  private static List<CheckResult> inOrderOf(List<CheckRule> rules, List<CheckResult> checks) {
    List<String> names = rules.stream().map(CheckRule::name).toList();
    return checks.stream()
        .sorted(Comparator.comparingInt(check -> names.indexOf(check.name())))
        .toList();
  }

  /** Hands the operator's signed change of policy on. */
  synchronized Digest policy(PolicyDecision decision) {
    return handOn(decision);
  }

  /**
   * Hands a change of the set on that somebody's word stands for. What the validators hold evidence
   * of, or sign with an old key, is theirs to bring.
   */
  synchronized Digest set(SetDecision decision) {
    if (!decision.grounds().isWord()) {
      throw new RefusedException(
          "WrongGrounds", "a set change is handed in on the operator's or an administrator's word");
    }
    return handOn(decision);
  }

  /** Hands on what upstream has, with the operator's word for what the hub offered. */
  synchronized Digest adopt(AdoptDecision decision) {
    requireValid(decision);
    boolean isOffered = following.isPresent() && following.get().endorse(decision);
    if (!isOffered) {
      throw new RefusedException(
          "NotOffered", "the hub does not see " + decision.commit() + " at upstream");
    }
    return decision.digest();
  }

  private Digest handOn(Decision decision) {
    requireValid(decision);
    Digest digest = decisions.keep(decision);
    changes.signal();
    return digest;
  }

  private void requireValid(Decision decision) {
    Optional<dev.qudag.consensus.chain.Refusal> refusal =
        DecisionRules.check(chain.state(), decision);
    if (refusal.isPresent()) {
      throw new RefusedException(refusal.get().reason().text(), refusal.get().detail());
    }
  }
}
