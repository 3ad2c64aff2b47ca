package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.main.TestingCrash;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.SubmitResult;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub with all of its network and four validators that keep what the test says: two of them are
 * more than may be faulty.
 */
class CustodyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path volume;
  private TestingHubNode hub;
  private TestingWorkspace workspace;

  @BeforeEach
  void start() throws Exception {
    hub = TestingHubNode.start(volume);
    workspace = new TestingWorkspace(hub.client, volume.resolve("workspace"));
  }

  @AfterEach
  void stop() throws Exception {
    TestingCrash.disarm();
    hub.close();
  }

  @Test
  void answersWhenTwoOfFourHoldTheProposalAndGivesItToAll() throws Exception {
    String name = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();

    assertThat(holders(name)).hasSizeGreaterThanOrEqualTo(2);
    await().atMost(PATIENCE).until(() -> holders(name).size() == 4);
  }

  @Test
  void doesNotAnswerWithThreeOfFourAwayAndDoesWhenOneIsBack() throws Exception {
    away(1, 2, 3);
    ObjectId commit = workspace.commit("a", "1");

    assertThatThrownBy(() -> workspace.propose(commit, "Add a"))
        .rootCause()
        .hasMessageContaining("UNAVAILABLE")
        .hasMessageContaining("validators of weight 1 hold it, 2 are needed")
        .hasMessageContaining("s-v3: UNAVAILABLE away for the test")
        .hasMessageContaining("try again in 5 s");
    assertThat(hub.client.state().getProposalsList())
        .as("it stays, for analysis to begin")
        .hasSize(1);

    hub.validators.custody(2).is(TestingCustody.Mood.KEEP);
    SubmitResult again = workspace.propose(commit, "Add a");

    assertThat(again.getRefusedReason()).isEmpty();
    assertThat(holders(again.getProposal())).contains(0, 2);
    assertThat(hub.client.state().getProposalsList()).hasSize(1);
  }

  @Test
  void anAnswerNeedsMoreThanTheWordOfOneThatKeepsNothing() throws Exception {
    hub.validators.custody(0).is(TestingCustody.Mood.LIE);
    away(2, 3);

    String name = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();

    assertThat(holders(name)).as("whoever else acknowledged it is honest").containsExactly(1);
  }

  @Test
  void aWithdrawalIsAnsweredWhenTwoOfFourHoldItAndNothingHasEndedBefore() throws Exception {
    String name = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();
    away(1, 2, 3);

    assertThatThrownBy(() -> withdraw(name))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("UNAVAILABLE");
    assertThat(hub.client.proposal(name).getState()).isEqualTo(ProposalState.OPEN);

    hub.validators.custody(3).is(TestingCustody.Mood.KEEP);
    await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> withdraw(name));

    assertThat(hub.client.proposal(name).getReason()).isEqualTo("Withdrawn");
    assertThat(ends(name)).contains(0, 3);
  }

  @Test
  void theEndOfASupersededProposalIsKeptWhenTheNewerOneIsAnswered() throws Exception {
    String older = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();
    away(2, 3);
    String newer = workspace.propose(workspace.commit("a", "2"), "Add a").getProposal();

    assertThat(ends(older)).containsExactly(0, 1);
    assertThat(holders(newer)).containsExactly(0, 1);
  }

  @Test
  void whatLandedIsKeptNoLonger() throws Exception {
    String name = workspace.proposeAndDecide("a");
    hub.client.awaitLanded(name);

    await().atMost(PATIENCE).until(() -> holders(name).isEmpty() && ends(name).isEmpty());
  }

  @Test
  void aWithdrawalThatOnlyAValidatorKnowsOfIsTakenBack() throws Exception {
    String name = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();
    hub.validators.custody(3).hold(end(name).sign(hub.chain.hub.signingKey()));

    hub = hub.restarted();

    await()
        .atMost(PATIENCE)
        .until(() -> hub.client.proposal(name).getState() == ProposalState.CLOSED);
    await().atMost(PATIENCE).until(() -> ends(name).size() == 4);
  }

  @Test
  void aValidatorThatWasAwayIsGivenWhatIsOpenWhenItIsBack() throws Exception {
    away(3);
    String name = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();
    await().atMost(PATIENCE).until(() -> holders(name).size() == 3);

    hub.validators.custody(3).is(TestingCustody.Mood.KEEP);

    await().atMost(PATIENCE).until(() -> holders(name).size() == 4);
  }

  @Test
  void aProposalWhoseAnswerWasLostIsTheSameWhenItIsHandedInAgain() throws Exception {
    ObjectId commit = workspace.commit("a", "1");
    TestingCrash.at(volume.resolve("data"), "hub-after-custody");
    assertThatThrownBy(() -> workspace.propose(commit, "Add a"));

    SubmitResult again = workspace.propose(commit, "Add a");

    assertThat(again.getRefusedReason()).isEmpty();
    assertThat(hub.client.state().getProposalsList()).hasSize(1);
  }

  @Test
  void aWithdrawalIsOneAlsoWhenTheHubDiesBeforeItHasWrittenIt() throws Exception {
    String name = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();
    TestingCrash.at(volume.resolve("data"), "hub-before-end-journal");
    assertThatThrownBy(() -> withdraw(name));
    assertThat(hub.client.proposal(name).getState()).isEqualTo(ProposalState.OPEN);

    hub = hub.restarted();

    await()
        .atMost(PATIENCE)
        .until(() -> hub.client.proposal(name).getState() == ProposalState.CLOSED);
    assertThat(hub.client.proposal(name).getReason()).isEqualTo("Withdrawn");
  }

  @Test
  void noValidatorWithdrawsAProposal() throws Exception {
    String name = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();
    var forged = end(name).sign(NodeIdentity.generate().signingKey());
    hub.validators.custody(3).hold(forged);

    hub = hub.restarted();
    workspace = new TestingWorkspace(hub.client, volume.resolve("workspace-2"));
    workspace.propose(workspace.commit("a", "1"), "Add a");

    assertThat(hub.client.proposal(name).getState()).isEqualTo(ProposalState.OPEN);
  }

  private CustodyRecord.Ended end(String name) {
    return new CustodyRecord.Ended(
        hub.chain.genesis.chainId(), name, TestingChain.WORKSPACE_UID, "Withdrawn", "", 0);
  }

  private void away(int... validators) {
    IntStream.of(validators)
        .forEach(validator -> hub.validators.custody(validator).is(TestingCustody.Mood.AWAY));
  }

  private void withdraw(String name) {
    var unused =
        hub.client
            .operator()
            .close(CloseRequest.newBuilder().setProposal(name).setReason("Withdrawn").build());
  }

  private List<Integer> holders(String name) {
    return having(name, CustodyRecord.Kept.class);
  }

  private List<Integer> ends(String name) {
    return having(name, CustodyRecord.Ended.class);
  }

  private List<Integer> having(String name, Class<? extends CustodyRecord> kind) {
    return IntStream.range(0, 4)
        .filter(
            validator ->
                hub.validators.custody(validator).kept().stream()
                    .anyMatch(one -> kind.isInstance(one) && one.proposal().equals(name)))
        .boxed()
        .toList();
  }
}
