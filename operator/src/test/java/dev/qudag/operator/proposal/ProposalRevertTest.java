package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalSpec;
import dev.qudag.consensus.chain.proposal.ProposalName;
import dev.qudag.operator.proposal.check.CheckRun;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.ProposalState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Landed commits that a person has undone, pass by pass, against a hub in memory. */
class ProposalRevertTest extends ProposalLine {
  private static final Instant LATER = NOW.plus(Duration.ofMinutes(1));

  @Test
  void aPersonsOrderIsSignedCheckedAndLandsLikeAnyProposal() {
    String commit = landed(A, 1);
    String name = objects.get(A).getStatus().revertProposal();
    revert(name, commit, NOW);

    assertThat(reasonsUntilSettled(name)).containsExactly("Analyzing", "Checking");
    passChecksOf(name);
    hub.land(name);
    settle(name);

    assertThat(ready(name).reason()).isEqualTo("Merged");
    assertThat(objects.get(name).getStatus().author()).isEqualTo("grace");
    assertThat(hub.orders)
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.commit()).isEqualTo(commit);
              assertThat(order.branch()).isEqualTo("refs/heads/main");
              assertThat(order.person()).isEqualTo("grace");
              assertThat(order.reason()).isEqualTo("It broke the build");
              assertThat(order.sequence()).isZero();
              assertThat(order.timeMillis()).isEqualTo(NOW.toEpochMilli());
            });
  }

  @Test
  void aRevertCanBeUndoneByItsOwnName() {
    String commit = landed(A, 1);
    String name = objects.get(A).getStatus().revertProposal();
    revert(name, commit, NOW);
    settle(name);
    passChecksOf(name);
    hub.land(name);
    settle(name);
    var undone = objects.get(name).getStatus();

    revert(undone.revertProposal(), undone.mergedCommit(), LATER);
    settle(undone.revertProposal());

    assertThat(undone.revertProposal()).isNotEqualTo(name);
    assertThat(hub.orders.getLast().sequence()).isEqualTo(1);
    assertThat(ready(undone.revertProposal()).reason()).isEqualTo("Checking");
  }

  @Test
  void anotherNameIsToldTheRightOne() {
    String commit = landed(A, 1);
    revert("mp-00000000000000000007", commit, NOW);
    settle("mp-00000000000000000007");

    assertThat(ready("mp-00000000000000000007").reason()).isEqualTo("WrongName");
    assertThat(ready("mp-00000000000000000007").message())
        .contains(ProposalName.ofRevert(commit, "refs/heads/main"));
    assertThat(hub.orders).isEmpty();
  }

  @Test
  void whatTheHubRefusesIsStalledWithItsReason() {
    String commit = TestingHub.commit("nowhere");
    String name = ProposalName.ofRevert(commit, "refs/heads/main");
    revert(name, commit, NOW);
    settle(name);

    assertThat(ready(name).reason()).isEqualTo("NotLanded");
    assertThat(isTrue(name, Condition.STALLED)).isTrue();
  }

  @Test
  void anOrderThatAnotherRevertOvertookIsSignedAnew() {
    String a = landed(A, 1);
    String b = landed(B, 2);
    String undoesA = ProposalName.ofRevert(a, "refs/heads/main");
    String undoesB = ProposalName.ofRevert(b, "refs/heads/main");
    revert(undoesA, a, NOW);
    settle(undoesA);
    revert(undoesB, b, LATER);
    settle(undoesB);

    passChecksOf(undoesA);
    hub.land(undoesA);
    settle(undoesA);
    settle(undoesB);
    passChecksOf(undoesB);

    assertThat(hub.proposal(undoesB).getState()).isEqualTo(ProposalState.DECIDING);
    assertThat(hub.orders).hasSize(3);
    assertThat(hub.orders.getLast().sequence()).isEqualTo(1);
    assertThat(hub.orders.getLast().person()).isEqualTo("grace");
    assertThat(hub.orders.getLast().timeMillis()).isEqualTo(LATER.toEpochMilli());
  }

  @Test
  void aConflictEndsItAndSaysHowToAskAnew() {
    String name = closed(landed(A, 1));

    assertThat(ready(name).reason()).isEqualTo("ConflictUnresolved");
    assertThat(ready(name).status()).isEqualTo(Condition.Status.True);
    assertThat(ready(name).message()).contains("delete this object and make it again");
  }

  @Test
  void anObjectThatIsMadeAgainAsksAnew() {
    String commit = landed(A, 1);
    String name = closed(commit);
    hub.conflicts.clear();

    revert(name, commit, NOW);
    settle(name);
    assertThat(ready(name).reason()).as("the same order").isEqualTo("ConflictUnresolved");
    assertThat(hub.orders).hasSize(1);

    revert(name, commit, LATER);
    settle(name);
    assertThat(ready(name).reason()).isEqualTo("Checking");
    assertThat(hub.orders.getLast().timeMillis()).isEqualTo(LATER.toEpochMilli());
  }

  /** It is made later than the order was given, as after the loss of an object. */
  @Test
  void whatTheOperatorMakesOfAnOpenOrderAsksNothing() {
    String commit = landed(A, 1);
    String name = ProposalName.ofRevert(commit, "refs/heads/main");
    revert(name, commit, NOW);
    settle(name);
    objects.remove(name);
    ProposalAnnouncer.missing(swarm, hubState(), objects.keySet()).forEach(this::add);
    MergeProposal made = objects.get(name);
    made.getMetadata().setCreationTimestamp(LATER.toString());
    assertThat(made.getSpec().source().revert())
        .isEqualTo(new MergeProposalSpec.Revert(commit, "grace"));

    hub.close(CloseRequest.newBuilder().setProposal(name).setReason("Rejected").build());
    settle(name);

    assertThat(ready(name).reason()).isEqualTo("Rejected");
    assertThat(hub.orders).hasSize(1);
  }

  /** Or whoever has the hub's key could have anything undone, in anybody's name. */
  @Test
  void theHubsWordAloneIsNoOrder() {
    String a = landed(A, 1);
    String b = landed(B, 2);
    String undoesA = ProposalName.ofRevert(a, "refs/heads/main");
    String undoesB = ProposalName.ofRevert(b, "refs/heads/main");
    revert(undoesA, a, NOW);
    settle(undoesA);
    revert(undoesB, b, LATER);
    settle(undoesB);
    objects.remove(undoesB);
    ProposalAnnouncer.missing(swarm, hubState(), objects.keySet()).forEach(this::add);

    passChecksOf(undoesA);
    hub.land(undoesA);
    settle(undoesA);
    settle(undoesB);

    assertThat(hub.orders).hasSize(2);
    assertThat(ready(undoesB).reason()).isEqualTo("Rejected");
    assertThat(ready(undoesB).message())
        .contains("no person's object asks for this one", "make it again");
  }

  @Test
  void norIsItWhenTheHubHoldsItNoMore() {
    String commit = landed(A, 1);
    String name = ProposalName.ofRevert(commit, "refs/heads/main");
    revert(name, commit, NOW);
    settle(name);
    objects.remove(name);
    ProposalAnnouncer.missing(swarm, hubState(), objects.keySet()).forEach(this::add);
    hub.forget(name);
    settle(name);

    assertThat(hub.orders).hasSize(1);
    assertThat(ready(name).reason()).isEqualTo("UnknownRevision");
    assertThat(isTrue(name, Condition.STALLED)).isTrue();
  }

  /** Titles are free text, and what is signed is one printable line. */
  @Test
  void aTitleOfManyLinesIsOneLineOfTheOrder() {
    String commit = landed(A, 1);
    String name = ProposalName.ofRevert(commit, "refs/heads/main");
    MergeProposal wordy = revert(name, commit, NOW);
    MergeProposalSpec spec = wordy.getSpec();
    wordy.setSpec(
        new MergeProposalSpec(
            spec.swarmRef(),
            spec.source(),
            spec.targetBranch(),
            "It\nbroke\u202e",
            null,
            List.of()));
    settle(name);

    assertThat(hub.orders.getFirst().reason()).isEqualTo("It broke ");
  }

  /** An order that was in conflict when its turn came; the proposal's name. */
  private String closed(String commit) {
    String name = ProposalName.ofRevert(commit, "refs/heads/main");
    hub.conflicts.put(name, "src/a.sh");
    revert(name, commit, NOW);
    settle(name);
    return name;
  }

  private String landed(String name, long at) {
    announce(name, at);
    settle(name);
    passChecksOf(name);
    hub.land(name);
    settle(name);
    return objects.get(name).getStatus().mergedCommit();
  }

  private void passChecksOf(String name) {
    runs.put(job(name), new CheckRun.Passed(ENDING));
    settle(name);
  }
}
