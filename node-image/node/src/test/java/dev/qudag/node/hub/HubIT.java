package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.proposal.ProposalName;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.CertificateRequest;
import dev.qudag.proto.Chunk;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.CloseResponse;
import dev.qudag.proto.FetchRequest;
import dev.qudag.proto.HeartbeatRequest;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.ObjectStoreGrpc;
import dev.qudag.proto.OutcomeRequest;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.ProposeCandidateRequest;
import dev.qudag.proto.SubmitResult;
import dev.qudag.proto.WorkspaceGatewayGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a change through the hub, over real gRPC, git and signatures. */
class HubIT {
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
    hub.close();
  }

  @Test
  void landsACommitOfAWorkspace() throws Exception {
    String name = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();
    Analysis analysis = analyse(name);
    assertThat(analysis.getCategory()).isEqualTo("None");
    assertThat(analysis.getChangedPathsList()).containsExactly("a");

    decide(name, analysis);
    Proposal landed = awaitState(name, ProposalState.LANDED);

    assertThat(landed.getMergedCommit()).isEqualTo(analysis.getCommit());
    assertThat(landed.getApprovals()).isEqualTo(3);
    assertThat(hub.client.state().getHead()).isEqualTo(analysis.getCommit());
    assertThat(
            hub.client
                .workspace()
                .outcome(OutcomeRequest.newBuilder().setProposal(name).setWait(true).build()))
        .satisfies(
            outcome -> assertThat(outcome.getMergedCommit()).isEqualTo(analysis.getCommit()));
    byte[] certificate =
        hub.client
            .operator()
            .getCertificate(
                CertificateRequest.newBuilder()
                    .setDecisionDigest(landed.getDecisionDigest())
                    .build())
            .getCertificate()
            .toByteArray();
    assertThat(
            CertificateVerifier.of(hub.chain.genesis)
                .verify(DecisionCertificate.decode(certificate)))
        .isInstanceOf(Verification.Proven.class);
    assertThat(workspace.pull().hex()).isEqualTo(analysis.getCommit());
  }

  @Test
  void undoesALandedCommitWhenAPersonOrdersIt() throws Exception {
    String bad = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();
    decide(bad, analyse(bad));
    String landed = awaitState(bad, ProposalState.LANDED).getMergedCommit();
    RevertOrder order = hub.chain.order(landed, hub.client.state().getReverts());

    assertThat(hub.client.orderRevert(order).getRefusedReason()).isEmpty();
    assertThat(hub.client.orderRevert(order).getRefusedReason()).isEmpty();
    Proposal revert = hub.client.proposal(order.proposal());
    assertThat(revert.getAuthor()).isEqualTo("grace");
    assertThat(revert.getTitle()).isEqualTo("It broke the build");
    assertThat(revert.getRevert().getOrderedAtMs()).isEqualTo(order.timeMillis());
    Analysis analysis = analyse(order.proposal());
    assertThat(analysis.getChangedPathsList()).containsExactly("a");
    decide(order.proposal(), analysis);
    awaitState(order.proposal(), ProposalState.LANDED);

    assertThat(hub.client.state().getReverts()).isEqualTo(1);
    assertThat(workspace.pull().hex()).isEqualTo(analysis.getCommit());
    assertThat(workspace.git.treeOf(workspace.pull()))
        .isEqualTo(workspace.git.treeOf(ObjectId.of(hub.chain.genesis.head())));
  }

  @Test
  void takesNoOrderToUndoWhatNoDecisionLandedNorOneOfThePast() {
    String genesis = hub.chain.genesis.head();
    assertThat(hub.client.orderRevert(hub.chain.order(genesis, 0)).getRefusedReason())
        .isEqualTo("NotLanded");
    assertThatThrownBy(() -> hub.client.orderRevert(hub.chain.order(genesis, 1)))
        .hasMessageContaining("StaleOrder: ");
  }

  @Test
  void handsADecisionInAgainAfterARestart() throws Exception {
    hub.validators.are(TestingValidators.Mood.WAIT);
    String name = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();
    decide(name, analyse(name));
    hub = hub.restarted();
    assertThat(hub.client.proposal(name).getState()).isEqualTo(ProposalState.DECIDING);

    await().atMost(PATIENCE).until(() -> hub.validators.handedIn() > 0);
    hub.validators.are(TestingValidators.Mood.ORDER);

    awaitState(name, ProposalState.LANDED);
  }

  @Test
  void endsWhatAQuorumRejects() throws Exception {
    hub.validators.are(TestingValidators.Mood.REJECT);
    String name = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();
    decide(name, analyse(name));

    Proposal closed = awaitState(name, ProposalState.CLOSED);

    assertThat(closed.getReason()).isEqualTo("Rejected");
    assertThat(closed.getMessage()).contains("CommitMismatch");
  }

  @Test
  void takesTheSameProposalOnceAndAWithdrawnOneNeverAgain() throws Exception {
    ObjectId commit = workspace.commit("a", "1");
    String name = workspace.propose(commit, "Add a").getProposal();
    assertThat(workspace.propose(commit, "Add a").getProposal()).isEqualTo(name);
    assertThat(hub.client.state().getProposalsList()).hasSize(1);

    hub.client
        .operator()
        .close(CloseRequest.newBuilder().setProposal(name).setReason("Withdrawn").build());
    hub = hub.restarted();

    workspace = new TestingWorkspace(hub.client, volume.resolve("workspace-2"));
    SubmitResult again = workspace.propose(workspace.commit("a", "1"), "Add a");
    assertThat(again.getRefusedReason()).isEqualTo("Withdrawn");
    assertThat(hub.client.proposal(name).getState()).isEqualTo(ProposalState.CLOSED);
  }

  @Test
  void supersedesAnOlderProposalOfTheWorkspace() throws Exception {
    String older = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();
    String newer = workspace.propose(workspace.commit("a", "2"), "Add a better").getProposal();

    assertThat(hub.client.proposal(older).getReason()).isEqualTo("Superseded");
    assertThat(hub.client.proposal(newer).getState()).isEqualTo(ProposalState.OPEN);
  }

  @Test
  void keepsACandidateUntilAPersonProposesIt() throws Exception {
    ObjectId commit = workspace.commit("a", "1");
    workspace.keep(commit, "pod-7");
    var kept = hub.client.state().getWorkspaces(0);
    assertThat(kept.getHandoverPodUid()).isEqualTo("pod-7");
    assertThat(kept.getCandidateCommit()).isEqualTo(commit.hex());
    assertThat(hub.client.state().getProposalsList()).isEmpty();

    assertThat(propose("mp-00000000000000000000", commit)).isEqualTo("WrongName");
    String name = ProposalName.of(TestingChain.WORKSPACE_UID, commit.hex(), "refs/heads/main");
    assertThat(kept.getCandidateProposal()).isEqualTo(name);
    assertThat(propose(name, commit)).isEmpty();
    assertThat(propose(name, commit)).isEmpty();

    assertThat(hub.client.proposal(name).getState()).isEqualTo(ProposalState.OPEN);
    assertThat(hub.client.state().getWorkspaces(0).getCandidateCommit()).isEmpty();
  }

  @Test
  void aCandidateThatIsReplacedByWhatDoesNotBuildOnItIsRescued() throws Exception {
    ObjectId first = workspace.commit("a", "1");
    ObjectId other = workspace.commit("a", "2");
    workspace.keep(first, "pod-7");
    workspace.keep(first, "pod-7");
    workspace.keep(other, "pod-8");

    assertThat(hub.repository.git().refs(RefName.of("refs/qudag/rescue")).values())
        .containsExactly(first);
    assertThat(hub.client.state().getWorkspaces(0).getCandidateCommit()).isEqualTo(other.hex());
  }

  @Test
  void gitLfsIsRefusedWithTheNameOfTheFile() throws Exception {
    ObjectId lfs = workspace.commit("art/.gitattributes", "*.psd filter=lfs\n");

    var result = workspace.propose(lfs, "Add art");

    assertThat(result.getRefusedReason()).isEqualTo("LfsUnsupported");
    assertThat(result.getRefusedMessage()).contains("'art/.gitattributes'");
  }

  private String propose(String name, ObjectId commit) {
    return hub.client
        .operator()
        .proposeCandidate(
            ProposeCandidateRequest.newBuilder()
                .setProposal(name)
                .setWorkspaceUid(TestingChain.WORKSPACE_UID)
                .setCommit(commit.hex())
                .setBranch("refs/heads/main")
                .build())
        .getRefusedReason();
  }

  @Test
  void refusesAClaimOfTwoGigabytesBeforeAByteIsTaken() throws Exception {
    ObjectId commit = workspace.commit("a", "1");
    var header =
        workspace.header(hub.chain.statement(commit.hex(), "Add a"), commit).setSize(2L << 30);

    SubmitResult result = workspace.submit(header.build(), new byte[0]);

    assertThat(result.getRefusedReason()).isEqualTo("TooLarge");
    assertThat(result.getRefusedMessage()).contains("2147483648");
  }

  @Test
  void refusesMoreBytesThanWereAnnounced() throws Exception {
    ObjectId commit = workspace.commit("a", "1");
    var header = workspace.header(hub.chain.statement(commit.hex(), "Add a"), commit).setSize(10);

    assertThat(workspace.submit(header.build(), workspace.bundle(commit)).getRefusedReason())
        .isEqualTo("TooLarge");
  }

  @Test
  void refusesAStatementThatIsNotTheWorkspaces() throws Exception {
    ObjectId commit = workspace.commit("a", "1");
    var header = workspace.header(hub.chain.statement(commit.hex(), "Add a"), commit);
    header.setSignature(ByteString.copyFrom(new byte[4627]));

    assertThat(workspace.submit(header.build(), workspace.bundle(commit)).getRefusedReason())
        .isEqualTo("BadStatement");
  }

  @Test
  void answersEachCallerOnlyWhatIsItsRight() {
    var stranger = hub.client.channelOf(hub.chain.workspace);
    assertThatThrownBy(
            () ->
                WorkspaceGatewayGrpc.newBlockingStub(hub.client.channelOf(hub.chain.operator))
                    .heartbeat(HeartbeatRequest.getDefaultInstance()))
        .hasMessageContaining("PERMISSION_DENIED");
    assertThatThrownBy(
            () ->
                ObjectStoreGrpc.newBlockingStub(stranger)
                    .fetch(FetchRequest.getDefaultInstance())
                    .hasNext())
        .hasMessageContaining("only a validator");
    assertThatThrownBy(
            () -> HubControlGrpc.newBlockingStub(stranger).close(CloseRequest.getDefaultInstance()))
        .hasMessageContaining("only the operator");
  }

  @Test
  void refusesAStrangerBeforeAByteOfItsRequestCame() throws Exception {
    // As a stream: a client holds the headers of a call with one message back until it has that.
    MethodDescriptor<CloseRequest, CloseResponse> stream =
        HubControlGrpc.getCloseMethod().toBuilder()
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .build();
    ClientCall<CloseRequest, CloseResponse> call =
        hub.client.channelOf(hub.chain.workspace).newCall(stream, CallOptions.DEFAULT);
    var end = new CompletableFuture<Status>();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());

    assertThat(end.get(10, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void givesAValidatorTheObjectsOfAProposal() throws Exception {
    ObjectId commit = workspace.commit("a", "1");
    workspace.propose(commit, "Add a");
    Iterator<Chunk> chunks =
        ObjectStoreGrpc.newBlockingStub(hub.client.channelOf(hub.chain.validators.getFirst()))
            .fetch(FetchRequest.newBuilder().addWants(commit.hex()).build());

    assertThat(chunks.next().getData().toString(StandardCharsets.ISO_8859_1))
        .startsWith("# v2 git bundle\n" + commit.hex());
  }

  @Test
  void tellsWhereAWorkspaceIs() {
    hub.client
        .workspace()
        .heartbeat(HeartbeatRequest.newBuilder().setAhead(2).addRefusedFiles(".env").build());

    assertThat(hub.client.state().getWorkspaces(0).getAhead()).isEqualTo(2);
    assertThat(hub.client.state().getWorkspaces(0).getRefusedFilesList()).containsExactly(".env");
  }

  private Analysis analyse(String name) {
    return hub.client.analyse(name);
  }

  private void decide(String name, Analysis analysis) {
    hub.client.decide(name, analysis);
  }

  private Proposal awaitState(String name, ProposalState state) {
    return await()
        .atMost(PATIENCE)
        .until(() -> hub.client.proposal(name), proposal -> proposal.getState() == state);
  }
}
