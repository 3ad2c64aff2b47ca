package dev.qudag.consensus.chain;

import static dev.qudag.consensus.chain.TestingChain.BRANCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainStateTest {
  private final TestingChain chain = new TestingChain(4);
  private final ChainState start = chain.state();

  @Test
  void aMergeMovesTheBranchAndABlockAddsToTheHeight() {
    MergeDecision a = chain.merge(start, "a");
    ChainState next = accepted(start.apply(payload(chain.order(a))));
    assertThat(next.head(BRANCH)).contains(a.commit());
    assertThat(next.height()).isEqualTo(1);
    assertThat(start.head(BRANCH)).contains(chain.genesis().head());
  }

  @Test
  void anEmptyBlockAddsToTheHeightOnly() {
    ChainState next = accepted(start.apply(BlockPayload.EMPTY));
    assertThat(next.height()).isEqualTo(1);
    assertThat(next.branches()).isEqualTo(start.branches());
  }

  @Test
  void decisionsOfOneBlockBuildOnEachOther() {
    MergeDecision a = chain.merge(start, "a");
    MergeDecision b = chain.merge(start.after(a), "b");
    ChainState next = accepted(start.apply(payload(chain.order(a), chain.order(b))));
    assertThat(next.head(BRANCH)).contains(b.commit());
    assertThat(refused(start.apply(payload(chain.order(b), chain.order(a)))))
        .isEqualTo(Reason.STALE_BASE);
  }

  /** The known trap: of two certified decisions on one base, the second has no effect. */
  @Test
  void twoDecisionsOnOneBaseNeverBothApply() {
    OrderedDecision a = chain.order(chain.merge(start, "a"));
    OrderedDecision b = chain.order(chain.merge(start, "b"));
    assertThat(refused(start.apply(payload(a, b)))).isEqualTo(Reason.STALE_BASE);
    assertThat(refused(accepted(start.apply(a)).apply(b))).isEqualTo(Reason.STALE_BASE);
  }

  @Test
  void aDecisionNeverAppliesTwice() {
    OrderedDecision a = chain.order(chain.merge(start, "a"));
    assertThat(refused(accepted(start.apply(a)).apply(a))).isEqualTo(Reason.STALE_BASE);
  }

  @Test
  void aPolicyChangesWhatTheNextDecisionIsJudgedBy() {
    PolicyDecision change =
        TestingChain.change(start, new Policy(List.of(), List.of()), chain.operator());
    MergeDecision old = chain.merge(start, "a");
    ChainState next = accepted(start.apply(payload(chain.order(change))));
    assertThat(next.policyDigest()).isEqualTo(change.next().digest());
    assertThat(refused(next.apply(chain.order(old)))).isEqualTo(Reason.POLICY_CHANGED);
  }

  /**
   * Back and forth: the first change must not apply again when its predecessor is in force again.
   */
  @Test
  void aPolicyChangeIsNotReplayedAfterAChangeBack() {
    PolicyDecision there =
        TestingChain.change(start, new Policy(List.of(), List.of()), chain.operator());
    ChainState middle = accepted(start.apply(chain.order(there)));
    PolicyDecision back = TestingChain.change(middle, start.policy(), chain.operator());
    ChainState end = accepted(middle.apply(chain.order(back)));
    assertThat(end.policyDigest()).isEqualTo(start.policyDigest());
    assertThat(refused(end.apply(chain.order(there)))).isEqualTo(Reason.POLICY_CHANGED);
  }

  @Test
  void aPolicyNeedsTheOperatorOfGenesis() {
    PolicyDecision forged =
        TestingChain.change(start, new Policy(List.of(), List.of()), SigningKey.generate());
    assertThat(refused(start.apply(chain.order(forged)))).isEqualTo(Reason.BAD_OPERATOR_SIGNATURE);
  }

  @Test
  void approvalsMustBeAQuorumOfDistinctMembers() {
    MergeDecision a = chain.merge(start, "a");
    List<Attestation> quorum = chain.order(a).approvals();
    assertThat(apply(a, quorum.subList(0, 2))).isEqualTo(Reason.TOO_FEW_APPROVALS);
    assertThat(apply(a, List.of(quorum.get(0), quorum.get(1), quorum.get(1))))
        .isEqualTo(Reason.DUPLICATE_APPROVAL);
    Attestation unregistered =
        new Attestation.Content(
                start.chainId(),
                0,
                7,
                0,
                quorum.get(0).previousDigest(),
                a.digest(),
                Verdict.APPROVE,
                "")
            .sign(SigningKey.generate());
    assertThat(apply(a, replaceLast(quorum, unregistered))).isEqualTo(Reason.UNKNOWN_APPROVER);
  }

  /**
   * The known traps: votes of another chain, epoch or decision, replayed or by an unregistered key.
   */
  @Test
  void approvalsOfSomethingElseDoNotCount() {
    MergeDecision a = chain.merge(start, "a");
    MergeDecision b = chain.merge(start, "b");
    List<Attestation> quorum = chain.order(a).approvals();
    assertThat(apply(a, replaceLast(quorum, chain.approval(b, 2))))
        .isEqualTo(Reason.FOREIGN_APPROVAL);
    Attestation rejection =
        chain.attestation(a.digest(), 2, Verdict.REJECT).sign(chain.validator(2));
    assertThat(apply(a, replaceLast(quorum, rejection))).isEqualTo(Reason.FOREIGN_APPROVAL);
    Attestation otherChain = new TestingChain(4).approval(a, 2);
    assertThat(apply(a, replaceLast(quorum, otherChain))).isEqualTo(Reason.FOREIGN_APPROVAL);
    Attestation otherEpoch =
        new Attestation.Content(
                start.chainId(),
                1,
                2,
                0,
                otherChain.previousDigest(),
                a.digest(),
                Verdict.APPROVE,
                "")
            .sign(chain.validator(2));
    assertThat(apply(a, replaceLast(quorum, otherEpoch))).isEqualTo(Reason.FOREIGN_APPROVAL);
    Attestation unregisteredKey =
        chain.attestation(a.digest(), 2, Verdict.APPROVE).sign(SigningKey.generate());
    assertThat(apply(a, replaceLast(quorum, unregisteredKey)))
        .isEqualTo(Reason.BAD_APPROVAL_SIGNATURE);
    Attestation borrowed = withAuthor(quorum.get(0), 2);
    assertThat(apply(a, replaceLast(quorum, borrowed))).isEqualTo(Reason.BAD_APPROVAL_SIGNATURE);
  }

  @Test
  void aStoredStateComesBackForItsOwnGenesisOnly() {
    ChainState next = accepted(start.apply(payload(chain.order(chain.merge(start, "a")))));
    assertThat(ChainState.decode(next.encode(), chain.genesis())).isEqualTo(next);
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(() -> ChainState.decode(next.encode(), new TestingChain(4).genesis()))
        .withMessageContaining("another genesis");
  }

  private Reason apply(MergeDecision decision, List<Attestation> approvals) {
    return refused(start.apply(new OrderedDecision(decision, approvals)));
  }

  private static List<Attestation> replaceLast(List<Attestation> approvals, Attestation last) {
    List<Attestation> replaced = new ArrayList<>(approvals);
    replaced.set(replaced.size() - 1, last);
    return replaced;
  }

  private static Attestation withAuthor(Attestation a, int author) {
    Bytes signature = a.signature();
    return new Attestation(
        a.chainId(),
        a.epoch(),
        author,
        a.sequence(),
        a.previousDigest(),
        a.decisionDigest(),
        a.verdict(),
        a.reason(),
        signature);
  }

  private static BlockPayload payload(OrderedDecision... decisions) {
    return new BlockPayload(List.of(decisions));
  }

  private static ChainState accepted(Applied applied) {
    assertThat(applied).isInstanceOf(Applied.Accepted.class);
    return ((Applied.Accepted) applied).next();
  }

  private static Reason refused(Applied applied) {
    assertThat(applied).isInstanceOf(Applied.Refused.class);
    return ((Applied.Refused) applied).refusal().reason();
  }
}
