package dev.qudag.node.commit;

import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.crypto.Bytes;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Refusal;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.landing.LandingCommits;
import dev.qudag.merge.landing.CommitForm;
import dev.qudag.merge.landing.CommitSigner;
import dev.qudag.merge.signature.SshPublicKey;
import java.util.Iterator;
import java.util.Optional;

/** Makes the commits that a decision lands as, with the signatures that it carries. */
public final class DecidedCommits {
  private final LandingCommits commits;

  public DecidedCommits(GitRepository repository) {
    this.commits = LandingCommits.patient(repository);
  }

  /** In the terms of who makes commits. */
  public static CommitForm form(LandingPolicy policy) {
    CommitForm.Method method =
        switch (policy.method()) {
          case MERGE -> CommitForm.Method.Merge;
          case SQUASH -> CommitForm.Method.Squash;
          case REBASE -> CommitForm.Method.Rebase;
        };
    return new CommitForm(
        method, policy.signOff(), policy.signer().map(key -> SshPublicKey.of(key.raw().toArray())));
  }

  /** In the terms of who makes commits. */
  public static CommitMeta meta(dev.qudag.consensus.chain.proposal.CommitMeta meta) {
    return new CommitMeta(
        meta.authorName(),
        meta.authorEmail(),
        meta.committerName(),
        meta.committerEmail(),
        meta.epochSeconds(),
        meta.message());
  }

  /** What follows from the decision. */
  public LandingCommits.Outcome make(LandingDecision decision) {
    ObjectId tree = ObjectId.of(decision.tree());
    return switch (decision) {
      case MergeDecision merge -> make(merge, ObjectId.of(merge.merge().mergeBase()), tree);
      case RevertDecision revert -> make(revert, tree);
      case BatchDecision batch -> makeAll(batch);
    };
  }

  /** Each on the one before; what the last one comes to, or the first that comes to another. */
  private LandingCommits.Outcome makeAll(BatchDecision batch) {
    for (MergeDecision member : batch.members().subList(0, batch.members().size() - 1)) {
      var outcome = make(member);
      boolean isNamed =
          outcome instanceof LandingCommits.Outcome.Made made
              && made.commit().hex().equals(member.commit());
      if (!isNamed) {
        return outcome;
      }
    }
    return make(batch.members().getLast());
  }

  /** What the decision comes to with this merge, whatever it says of it. */
  public LandingCommits.Outcome make(MergeDecision decision, ObjectId mergeBase, ObjectId tree) {
    var merge =
        new LandingCommits.Merge(
            ObjectId.of(decision.base()), ObjectId.of(decision.head()), mergeBase, tree);
    return whole(
        decision,
        commits.merge(
            merge, form(decision.landedAs().policy()), meta(decision.meta()), signer(decision)));
  }

  /** What the decision comes to with this tree, whatever it says of it. */
  public LandingCommits.Outcome make(RevertDecision decision, ObjectId tree) {
    return whole(
        decision,
        commits.revert(
            ObjectId.of(decision.base()),
            tree,
            form(decision.landedAs().policy()),
            meta(decision.meta()),
            signer(decision)));
  }

  /** Hands the signatures of the decision out, one after the other. */
  private static CommitSigner signer(LandingDecision decision) {
    Iterator<Bytes> left = decision.landedAs().signatures().iterator();
    return commit -> left.hasNext() ? Optional.of(left.next().toArray()) : Optional.empty();
  }

  /** No signature may be left over: a landing has one decision. */
  private static LandingCommits.Outcome whole(
      LandingDecision decision, LandingCommits.Outcome outcome) {
    int given = decision.landedAs().signatures().size();
    return outcome instanceof LandingCommits.Outcome.Made made && made.signatures().size() != given
        ? new LandingCommits.Outcome.Refused(
            new Refusal(
                Refusal.Reason.BadSignature,
                "%d signatures for %d commits".formatted(given, made.signatures().size())))
        : outcome;
  }
}
