package dev.qudag.node.validator.judge;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.ExactRevert;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.Analysis;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.MergeAnalyzer;
import dev.qudag.merge.git.TreeContent;
import dev.qudag.merge.git.landing.LandingCommits;
import dev.qudag.node.commit.DecidedCommits;
import dev.qudag.node.objects.ObjectFetcher;
import dev.qudag.node.policy.NeededChecks;
import dev.qudag.node.policy.PathPatterns;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the commits of a decision again from this validator's own objects, and compares it down to
 * the last byte. What the objects cannot show has been judged by then: the decision fits the chain.
 */
final class LandingJudge {
  private static final System.Logger LOG = System.getLogger(LandingJudge.class.getName());

  private final KnownChain chain;
  private final ObjectFetcher objects;
  private final MergeAnalyzer analyzer;
  private final TreeContent content;
  private final DecidedCommits commits;
  private final Digest engine;

  LandingJudge(KnownChain chain, GitRepository repository, ObjectFetcher objects) {
    this.chain = chain;
    this.objects = objects;
    this.analyzer = MergeAnalyzer.patient(repository);
    this.content = new TreeContent(repository);
    this.commits = new DecidedCommits(repository);
    this.engine = Digest.ofHex(repository.engine().hex());
  }

  /** What this validator merges with. */
  Digest engine() {
    return engine;
  }

  /**
   * @param state that the decision is valid on
   * @throws io.grpc.StatusRuntimeException when the hub cannot be asked
   * @throws dev.qudag.merge.git.process.GitException when git fails: this validator has no opinion
   *     then
   * @throws dev.qudag.merge.parser.ParserException when the parser fails, with the same meaning
   */
  Opinion judge(LandingDecision decision, ChainState state) throws IOException {
    if (!decision.engineDigest().equals(engine)) {
      return withoutItsEngine(decision);
    }
    return switch (decision) {
      case MergeDecision merge -> judgeMerge(merge, state);
      case RevertDecision revert -> judgeRevert(revert, state);
      case BatchDecision batch -> judgeBatch(batch, state);
    };
  }

  /**
   * Who has another engine than the hub, since it was updated sooner or later, cannot tell a wrong
   * merge from a right one, and abstains: a Reject would be for good, and split the votes of a
   * swarm that is half updated.
   */
  private Opinion withoutItsEngine(LandingDecision decision) {
    return abstain(
        decision, "EngineMismatch: made by " + decision.engineDigest() + ", this is " + engine);
  }

  private static Opinion abstain(LandingDecision decision, String why) {
    LOG.log(
        System.Logger.Level.WARNING, "no opinion on {0}: {1}", decision.digest().shortHex(), why);
    return new Opinion.NotYet();
  }

  private Opinion judgeMerge(MergeDecision decision, ChainState state) throws IOException {
    ObjectId base = ObjectId.of(decision.base());
    ObjectId head = ObjectId.of(decision.head());
    Optional<Opinion> refused = fetch(List.of(base, head), base, state);
    if (refused.isPresent()) {
      return refused.get();
    }
    Set<String> changed = new LinkedHashSet<>();
    return make(decision, changed, state)
        .orElseGet(
            () -> approve(decision, List.copyOf(changed), ObjectId.of(decision.commit()), state));
  }

  /**
   * Each member on the commit of the one before it, which is made here too. What the policy asks
   * for is asked of all that they change together, as the checks saw all of it.
   */
  private Opinion judgeBatch(BatchDecision batch, ChainState state) throws IOException {
    ObjectId start = ObjectId.of(batch.base());
    Set<String> changed = new LinkedHashSet<>();
    Optional<Opinion> refused = fetch(List.of(start), start, state);
    for (MergeDecision member : batch.members()) {
      if (refused.isEmpty()) {
        refused = fetch(List.of(ObjectId.of(member.head())), start, state);
      }
      if (refused.isEmpty()) {
        refused = make(member, changed, state);
      }
    }
    return refused.orElseGet(
        () -> approve(batch, List.copyOf(changed), ObjectId.of(batch.commit()), state));
  }

  /** Leaves the merge's commit in the repository, and adds what it changes; else says why not. */
  private Optional<Opinion> make(MergeDecision decision, Set<String> changed, ChainState state) {
    return switch (analyzer.analyze(ObjectId.of(decision.base()), ObjectId.of(decision.head()))) {
      case Analysis.Refused(dev.qudag.merge.Refusal refusal) -> Optional.of(reject(refusal));
      case Analysis.Conflicted conflict -> Optional.of(conflicting(decision, conflict));
      case Analysis.Clean merged -> {
        changed.addAll(merged.changedPaths());
        yield mismatch(decision, merged).or(() -> held(merged.category().name(), state));
      }
    };
  }

  private static Optional<Opinion> held(String category, ChainState state) {
    return state.policy().lets(category)
        ? Optional.empty()
        : Optional.of(
            new Opinion.Reject(
                "CategoryHeld: the policy leaves what is " + category + " to its author"));
  }

  /** Why it is not the merge that is made here; empty when it is. */
  private Optional<Opinion> mismatch(MergeDecision decision, Analysis.Clean merged) {
    return switch (commits.make(decision, merged.mergeBase(), merged.tree())) {
      case LandingCommits.Outcome.Refused refused -> Optional.of(unmade(decision, refused));
      case LandingCommits.Outcome.Made made -> {
        ExactMerge own =
            new ExactMerge(
                decision.base(),
                merged.mergeBase().hex(),
                decision.head(),
                merged.tree().hex(),
                Digest.of(content.digest(merged.tree())),
                made.commit().hex(),
                merged.category().name());
        yield own.equals(decision.merge())
            ? Optional.empty()
            : Optional.of(new Opinion.Reject("MergeMismatch: merged again it is " + own));
      }
    };
  }

  /**
   * What is undone has landed by a decision of this chain: neither the commit on which it began nor
   * one that an agent brought along, whose first parent says nothing about the branch.
   */
  private Opinion judgeRevert(RevertDecision decision, ChainState state) throws IOException {
    ObjectId base = ObjectId.of(decision.base());
    ObjectId reverted = ObjectId.of(decision.revert().reverted());
    if (!chain.hasLanded(reverted.hex()) || reverted.hex().equals(state.genesis().head())) {
      return new Opinion.Reject("NotLanded: no decision brought " + reverted + " onto the branch");
    }
    Optional<Opinion> refused = fetch(List.of(base), base, state);
    if (refused.isPresent()) {
      return refused.get();
    }
    return switch (analyzer.revert(base, reverted)) {
      case Analysis.Refused(dev.qudag.merge.Refusal refusal) -> reject(refusal);
      case Analysis.Conflicted conflict -> conflicting(decision, conflict);
      case Analysis.Clean undone -> compare(decision, undone, state);
    };
  }

  private Opinion compare(RevertDecision decision, Analysis.Clean undone, ChainState state) {
    ObjectId reverted = undone.mergeBase();
    return switch (commits.make(decision, undone.tree())) {
      case LandingCommits.Outcome.Refused refused -> unmade(decision, refused);
      case LandingCommits.Outcome.Made made -> {
        ExactRevert own =
            new ExactRevert(
                decision.base(),
                reverted.hex(),
                analyzer.before(reverted).orElseThrow().hex(),
                undone.tree().hex(),
                Digest.of(content.digest(undone.tree())),
                made.commit().hex());
        yield own.equals(decision.revert())
            ? approve(decision, undone.changedPaths(), made.commit(), state)
            : new Opinion.Reject("RevertMismatch: reverted again it is " + own);
      }
    };
  }

  /** Has the commits here when it is empty, else why not. */
  private Optional<Opinion> fetch(List<ObjectId> commits, ObjectId base, ChainState state)
      throws IOException {
    List<ObjectId> haves = List.of(base, ObjectId.of(state.genesis().head()));
    for (ObjectId needed : commits) {
      Optional<dev.qudag.merge.Refusal> refused = objects.fetch(needed, haves);
      if (refused.isPresent()) {
        return Optional.of(reject(refused.get()));
      }
    }
    return Optional.empty();
  }

  private static Opinion reject(dev.qudag.merge.Refusal refusal) {
    return new Opinion.Reject(refusal.reason() + ": " + refusal.message());
  }

  /** What a program did not finish here may have been finished by the hub: that is no conflict. */
  private static Opinion conflicting(LandingDecision decision, Analysis.Conflicted conflict) {
    return conflict.isByChance()
        ? stopped(decision)
        : new Opinion.Reject("Conflict: " + conflict.paths().size() + " files conflict");
  }

  private static Opinion unmade(LandingDecision decision, LandingCommits.Outcome.Refused refused) {
    return refused.isByChance() ? stopped(decision) : reject(refused.refusal());
  }

  private static Opinion stopped(LandingDecision decision) {
    return abstain(decision, "MergeStopped: a structured merge came to no end within its limits");
  }

  /**
   * The commit is the one that was decided; unless it touches what the policy denies, or paths of a
   * check that was left out.
   */
  private Opinion approve(
      LandingDecision decision, List<String> changed, ObjectId commit, ChainState state) {
    Optional<String> denied = new PathPatterns(state.policy().denyPaths()).firstOf(changed);
    if (denied.isPresent()) {
      return new Opinion.Reject("PathDenied: the policy denies " + denied.get());
    }
    Optional<String> missing = new NeededChecks(state.policy(), changed).missing(decision.checks());
    if (missing.isPresent()) {
      return new Opinion.Reject("CheckMissing: the policy asks for " + missing.get());
    }
    objects.holds(commit);
    return new Opinion.Approve();
  }
}
