package dev.qudag.node.validator.judge;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.DecisionRules;
import dev.qudag.consensus.chain.Refusal;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.objects.ObjectFetcher;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Judges a decision by doing again what it claims: the rules of the chain, then the merge or revert
 * down to the last byte. Nothing is taken on the hub's word but what the policy leaves to the
 * operator, that the checks ran, and where upstream stands: a void lands nothing, and the rules of
 * the chain have seen who signed it (ADR 24).
 */
public final class DecisionJudge {
  private final KnownChain chain;
  private final Function<SetDecision, Opinion> sets;
  private final LandingJudge landings;
  private final AdoptionJudge adoptions;
  private final Digest engine;

  /**
   * @param sets judges changes of the set that fit the chain
   */
  public DecisionJudge(
      KnownChain chain,
      GitRepository repository,
      ObjectFetcher objects,
      Function<SetDecision, Opinion> sets) {
    this.chain = chain;
    this.sets = sets;
    this.landings = new LandingJudge(chain, repository, objects);
    this.adoptions = new AdoptionJudge(repository, objects);
    this.engine = landings.engine();
  }

  /** What this validator merges with. */
  public Digest engine() {
    return engine;
  }

  /**
   * @throws io.grpc.StatusRuntimeException when the hub cannot be asked
   * @throws dev.qudag.merge.git.process.GitException when git fails: this validator has no opinion
   *     then
   */
  public Opinion judge(Decision decision) throws IOException {
    ChainState state = chain.state();
    Optional<Refusal> refusal = DecisionRules.check(state, decision);
    if (refusal.isPresent()) {
      return mayBecomeValid(refusal.get(), decision)
          ? new Opinion.NotYet()
          : new Opinion.Reject(refusal.get().message());
    }
    return switch (decision) {
      case LandingDecision landing -> landings.judge(landing, state);
      case PolicyDecision change -> new Opinion.Approve();
      case EngineDecision change ->
          change.next().equals(engine)
              ? new Opinion.Approve()
              : new Opinion.Reject("EngineMismatch: this is " + engine);
      case VoidDecision undone -> new Opinion.Approve();
      case AdoptDecision adopt -> adoptions.judge(adopt);
      case SetDecision change -> sets.apply(change);
    };
  }

  /**
   * A decision on a head, by a policy or engine, or of an epoch that never was may be one that this
   * validator is too far behind for. An adoption names no number of voids, and comes right after
   * one, so it may also be for a head that a void brings back.
   */
  private boolean mayBecomeValid(Refusal refusal, Decision decision) {
    return switch (refusal.reason()) {
      case STALE_BASE ->
          switch (decision) {
            case LandingDecision landing -> !chain.hasLanded(landing.base());
            case VoidDecision undone -> !chain.hasLanded(undone.head());
            case AdoptDecision adopt ->
                !chain.hasLanded(adopt.base())
                    || chain.state().mayComeBackTo(adopt.branch(), adopt.base());
            case PolicyDecision change -> false;
            case EngineDecision change -> false;
            case SetDecision change -> false;
          };
      case POLICY_CHANGED ->
          switch (decision) {
            case LandingDecision landing -> !chain.hadPolicy(landing.policyDigest());
            case PolicyDecision change -> change.sequence() > chain.state().policyChanges();
            case VoidDecision undone -> false;
            case AdoptDecision adopt -> false;
            case EngineDecision change -> false;
            case SetDecision change -> false;
          };
      case ENGINE_CHANGED ->
          switch (decision) {
            case LandingDecision landing -> landing.engineDigest().equals(engine);
            case EngineDecision change ->
                change.sequence() > chain.state().engineInForce().changes();
            case VoidDecision undone -> false;
            case AdoptDecision adopt -> false;
            case PolicyDecision change -> false;
            case SetDecision change -> false;
          };
      case SET_CHANGED ->
          decision instanceof SetDecision change
              && change.change().epoch() > chain.state().set().epoch();
      case SEALED -> true;
      case VOIDED ->
          decision instanceof LandingDecision landing
              && landing.voids() > chain.state().voids(landing.branch());
      case STALE_ORDER ->
          decision instanceof RevertDecision revert
              && revert.order().order().sequence() > chain.state().reverts(revert.branch());
      case WRONG_CHAIN,
          UNKNOWN_BRANCH,
          NOTHING_TO_CHANGE,
          NO_SUCH_MEMBER,
          BAD_MEMBER,
          TOO_FEW_MEMBERS,
          ALREADY_SLASHED,
          NOT_THE_OFFENDERS,
          BAD_ROTATION,
          NEEDS_ADMINISTRATOR,
          BAD_ADMIN_SIGNATURE,
          NO_UPSTREAM,
          NOT_VOIDABLE,
          NOTHING_TO_MERGE,
          NOTHING_TO_REVERT,
          NOTHING_TO_ADOPT,
          AUTHOR_MISMATCH,
          COMMIT_META_MISMATCH,
          LANDING_MISMATCH,
          CHECKS_MISMATCH,
          CHECK_OF_ANOTHER_TREE,
          CHECK_FAILED,
          BAD_GRANT_SIGNATURE,
          BAD_AUTHOR_SIGNATURE,
          BAD_OPERATOR_SIGNATURE,
          BAD_HUB_SIGNATURE,
          UNKNOWN_APPROVER,
          DUPLICATE_APPROVAL,
          FOREIGN_APPROVAL,
          BAD_APPROVAL_SIGNATURE,
          TOO_FEW_APPROVALS ->
          false;
    };
  }
}
