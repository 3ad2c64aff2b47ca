package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.DecisionRules.Rule;
import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a merge has to show beside the {@link LandingRules}: that its author wants exactly this. Of
 * a batch each member has to show it. That its members follow on each other, by one policy and one
 * engine, is part of its form, and that its last tree passed the landing rules ask.
 */
final class MergeRules {
  static final List<Rule<MergeDecision>> WANTED =
      List.of(
          MergeRules::mergesSomething,
          MergeRules::isWhatTheAuthorWants,
          MergeRules::saysWhatTheAuthorSaid);

  static final List<Rule<MergeDecision>> SIGNED =
      List.of(MergeRules::authorIsGranted, MergeRules::authorSigned);

  static final List<Rule<? super MergeDecision>> RULES =
      Stream.<List<? extends Rule<? super MergeDecision>>>of(
              LandingRules.FITTING, WANTED, LandingRules.CHECKED, SIGNED)
          .<Rule<? super MergeDecision>>flatMap(List::stream)
          .toList();

  static final List<Rule<? super BatchDecision>> RULES_OF_BATCH =
      Stream.<List<? extends Rule<? super BatchDecision>>>of(
              LandingRules.FITTING,
              List.of(ofEachMember(WANTED)),
              LandingRules.CHECKED,
              List.of(ofEachMember(SIGNED)))
          .<Rule<? super BatchDecision>>flatMap(List::stream)
          .toList();

  private MergeRules() {}

  private static Rule<BatchDecision> ofEachMember(List<Rule<MergeDecision>> rules) {
    return (state, batch) ->
        batch.members().stream()
            .flatMap(member -> rules.stream().flatMap(rule -> rule.check(state, member).stream()))
            .findFirst();
  }

  private static Optional<Refusal> mergesSomething(ChainState state, MergeDecision decision) {
    ExactMerge merge = decision.merge();
    boolean holds =
        !merge.head().equals(merge.base())
            && !merge.mergeBase().equals(merge.head())
            && !merge.commit().equals(merge.base())
            && !merge.commit().equals(merge.head());
    return Refusal.unless(
        holds, Reason.NOTHING_TO_MERGE, merge.head() + " is on the branch already");
  }

  private static Optional<Refusal> isWhatTheAuthorWants(ChainState state, MergeDecision decision) {
    AuthorStatement statement = decision.author().statement();
    WorkspaceGrant grant = decision.grant().grant();
    boolean holds =
        statement.commit().equals(decision.head())
            && statement.branch().equals(decision.branch())
            && statement.proposal().equals(decision.proposal())
            && statement.workspaceUid().equals(grant.workspaceUid())
            && statement.workspaceName().equals(grant.workspaceName());
    return Refusal.unless(
        holds,
        Reason.AUTHOR_MISMATCH,
        "statement and grant are not about " + decision.proposal() + " at " + decision.head());
  }

  private static Optional<Refusal> saysWhatTheAuthorSaid(ChainState state, MergeDecision decision) {
    CommitMeta expected = CommitMeta.of(decision.author().statement(), state.genesis().swarm());
    return Refusal.unless(
        decision.meta().equals(expected),
        Reason.COMMIT_META_MISMATCH,
        "author, committer, date or message of the commit do not follow from the statement");
  }

  private static Optional<Refusal> authorIsGranted(ChainState state, MergeDecision decision) {
    return Refusal.unless(
        decision.grant().isSignedBy(state.genesis().operator().signingKey()),
        Reason.BAD_GRANT_SIGNATURE,
        "the grant is not signed by the operator of genesis");
  }

  private static Optional<Refusal> authorSigned(ChainState state, MergeDecision decision) {
    return Refusal.unless(
        decision.author().isSignedBy(decision.grant().grant().signingKey()),
        Reason.BAD_AUTHOR_SIGNATURE,
        "the statement is not signed by the key of workspace "
            + decision.grant().grant().workspaceName());
  }
}
