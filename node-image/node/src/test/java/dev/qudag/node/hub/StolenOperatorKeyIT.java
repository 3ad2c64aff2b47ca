package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.commit.DecidedCommits;
import dev.qudag.node.disk.DurableFiles;
import dev.qudag.node.hub.book.Json;
import dev.qudag.proto.AdoptUpstreamRequest;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.AnalyzeRequest;
import dev.qudag.proto.CertificateRequest;
import dev.qudag.proto.ChangeSetRequest;
import dev.qudag.proto.CheckVerdict;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.DecideRequest;
import dev.qudag.proto.FetchRequest;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.ObjectStoreGrpc;
import dev.qudag.proto.ProposeCandidateRequest;
import dev.qudag.proto.SealRequest;
import dev.qudag.proto.SubmitRequest;
import dev.qudag.proto.TreeTokenRequest;
import io.grpc.MethodDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever has the operator's TLS and signing keys may steer and stop the hub, and cannot land
 * anything that a quorum of validators did not make final. The thief of these tests even owns the
 * validators' addresses and TLS keys, so that the hub reads whatever he makes up as the chain; all
 * he lacks are a quorum's signing keys.
 */
class StolenOperatorKeyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path volume;
  private TestingHubNode hub;
  private TestingWorkspace workspace;
  private ObjectId head;
  private HubControlGrpc.HubControlBlockingStub thief;

  @BeforeEach
  void start() throws Exception {
    hub = TestingHubNode.start(volume);
    hub.validators.are(TestingValidators.Mood.WAIT);
    workspace = new TestingWorkspace(hub.client, volume.resolve("workspace"));
    head = hub.repository.head();
    thief = hub.client.operator();
  }

  @AfterEach
  void stop() throws Exception {
    hub.close();
  }

  @Test
  void noCallOfTheOperatorMovesTheBranch() throws Exception {
    assertThat(HubControlGrpc.getServiceDescriptor().getMethods())
        .extracting(MethodDescriptor::getBareMethodName)
        .containsExactlyInAnyOrder(
            "Watch",
            "Analyze",
            "IssueTreeToken",
            "Decide",
            "Close",
            "ProposeCandidate",
            "OrderRevert",
            "ChangePolicy",
            "ChangeSet",
            "AdoptUpstream",
            "GetSeal",
            "GetCertificate");
    MergeDecision decision = decided("a");
    String name = decision.proposal();

    thief.issueTreeToken(
        TreeTokenRequest.newBuilder().setTree(decision.merge().tree()).setJob("job").build());
    thief.proposeCandidate(ProposeCandidateRequest.newBuilder().setProposal(name).build());
    assertThatThrownBy(
            () ->
                thief.getCertificate(
                    CertificateRequest.newBuilder()
                        .setDecisionDigest(ByteString.copyFrom(decision.digest().bytes()))
                        .build()))
        .hasMessageContaining("NotLanded");
    assertThatThrownBy(
            () ->
                ObjectStoreGrpc.newBlockingStub(hub.client.channelOf(hub.chain.operator))
                    .fetch(FetchRequest.getDefaultInstance())
                    .hasNext())
        .hasMessageContaining("only a validator");
    assertThatThrownBy(
            () ->
                dev.qudag.proto.ChainGrpc.newBlockingStub(hub.client.channelOf(hub.chain.operator))
                    .submit(SubmitRequest.getDefaultInstance()))
        .hasMessageContaining("UNAVAILABLE");
    thief.close(CloseRequest.newBuilder().setProposal(name).setReason("Landed").build());
    thief.changeSet(
        ChangeSetRequest.newBuilder()
            .setDecision(ByteString.copyFrom(joinOf(NodeIdentity.generate()).encode()))
            .build());
    AdoptDecision adoption =
        AdoptDecision.sign(
            decision.chainId(),
            hub.repository.branch().full(),
            head.hex(),
            decision.merge().commit(),
            hub.chain.operator.signingKey(),
            hub.chain.operator.signingKey());
    assertThatThrownBy(
            () ->
                thief.adoptUpstream(
                    AdoptUpstreamRequest.newBuilder()
                        .setDecision(ByteString.copyFrom(adoption.encode()))
                        .build()))
        .hasMessageContaining("NoUpstream");
    assertThatThrownBy(() -> thief.getSeal(SealRequest.getDefaultInstance()))
        .hasMessageContaining("NotSealed");

    assertUnmoved();
  }

  @Test
  void decidesOnlyTheExactResultOfAProposal() throws Exception {
    String name = workspace.propose(workspace.commit("a", "1"), "Add a").getProposal();
    Analysis analysis = analyse(name);
    ObjectId other = hub.repository.git().writeCommit(otherMessage(analysis));

    assertThatThrownBy(() -> thief.decide(request(name, analysis).setCommit(other.hex()).build()))
        .hasMessageContaining("OtherCommit");
    assertThatThrownBy(
            () -> thief.decide(request(name, analysis).addChecks(checkOf("0".repeat(40))).build()))
        .hasMessageContaining("ChecksMismatch");
    assertThatThrownBy(() -> thief.decide(request("mp-of-nobody", analysis).build()))
        .hasMessageContaining("UnknownProposal");

    assertUnmoved();
  }

  @Test
  void refusesABlockWithoutAnySignature() throws Exception {
    Block block = block(decided("a"));

    refused(block, hub.chain.finality(block, Map.of()));
  }

  @Test
  void refusesTheCertificateOfAnotherDecision() throws Exception {
    Block wanted = block(decided("a"));
    Block certified = block(decided("b"));

    refused(wanted, hub.chain.finality(certified, 0, 1, 2));
    refused(
        new Block(certified.header(), wanted.payload()), hub.chain.finality(certified, 0, 1, 2));
  }

  @Test
  void refusesTwoSignaturesOfThree() throws Exception {
    Block block = block(decided("a"));

    refused(block, hub.chain.finality(block, 0, 1));
  }

  @Test
  void refusesASignerThatIsCountedTwice() throws Exception {
    Block block = block(decided("a"));
    NodeIdentity twice = hub.chain.validators.get(1);

    refused(
        block,
        hub.chain.finality(block, Map.of(0, hub.chain.validators.get(0), 1, twice, 2, twice)));
  }

  @Test
  void refusesTheOperatorsOwnSignatures() throws Exception {
    Block block = block(decided("a"));
    NodeIdentity operator = hub.chain.operator;

    refused(block, hub.chain.finality(block, Map.of(0, operator, 1, operator, 2, operator)));
  }

  @Test
  void refusesAnotherAuthorOrMessageEvenWithEverySignature() throws Exception {
    MergeDecision honest = decided("a");
    CommitMeta said = honest.meta();
    var forged =
        new CommitMeta(
            "Mallory",
            said.authorEmail(),
            said.committerName(),
            said.committerEmail(),
            said.epochSeconds(),
            "Trust me\n");
    Block block = block(withMeta(honest, forged));

    hub.validators.show(block, hub.chain.finality(block, 0, 1, 2));

    await()
        .atMost(PATIENCE)
        .until(() -> hub.client.state().getStalledReason().equals("SafetyViolation"));
    assertThat(hub.client.state().getStalledMessage()).contains("CommitMetaMismatch");
    assertUnmoved();
  }

  @Test
  void landsWhatAQuorumMadeFinal() throws Exception {
    MergeDecision decision = decided("a");
    Block block = block(decision);
    refused(block, hub.chain.finality(block, 0, 1));

    hub.validators.show(block, hub.chain.finality(block, 0, 1, 2));

    await().atMost(PATIENCE).until(() -> hub.repository.head().hex().equals(decision.commit()));
  }

  /** He may sign it; the validators have it before them, and the branch stays where it is. */
  @Test
  void anOrderToUndoALandingMovesNothingByItself() throws Exception {
    MergeDecision landed = decided("a");
    await().atMost(PATIENCE).until(() -> hub.validators.handedIn() == 1);
    Block block = block(landed);
    hub.validators.show(block, hub.chain.finality(block, 0, 1, 2));
    await().atMost(PATIENCE).until(() -> hub.repository.head().hex().equals(landed.commit()));
    RevertOrder order = hub.chain.order(landed.commit(), 0);

    assertThat(hub.client.orderRevert(order).getRefusedReason()).isEmpty();
    hub.client.decide(order.proposal(), hub.client.analyse(order.proposal()));
    await().atMost(PATIENCE).until(() -> hub.validators.handedIn() == 2);

    assertThat(hub.repository.head().hex()).isEqualTo(landed.commit());
    assertThat(hub.client.state().getHeight()).isEqualTo(1);
  }

  /**
   * The hub has read the block, broken with whoever sent it, and begun again, with every validator.
   */
  private void refused(Block block, Finality finality) {
    int before = hub.validators.follows();
    hub.validators.show(block, finality);
    await()
        .atMost(PATIENCE)
        .until(() -> hub.validators.follows() >= before + 2 * hub.chain.validators.size());
    assertUnmoved();
  }

  private void assertUnmoved() {
    assertThat(hub.repository.head()).isEqualTo(head);
    assertThat(hub.client.state().getHead()).isEqualTo(head.hex());
    assertThat(hub.client.state().getHeight()).isZero();
  }

  /** Has a validator of the thief's join, on the operator's word. */
  private SetDecision joinOf(NodeIdentity accomplice) {
    var member = new Member(4, "s-v4", accomplice.verifyingKey(), accomplice.tlsFingerprint(), 1);
    return SetDecision.sign(
        SetChange.of(
            hub.chain.genesis.chainId(), hub.chain.genesis.set(), List.of(), List.of(member)),
        hub.chain.operator.signingKey());
  }

  /** A decision that the thief had made with the stolen key, and that waits for the validators. */
  private MergeDecision decided(String file) throws Exception {
    String name = workspace.propose(workspace.commit(file, "1"), "Add " + file).getProposal();
    Analysis analysis = analyse(name);
    byte[] digest = thief.decide(request(name, analysis).build()).getDecisionDigest().toByteArray();
    Path kept =
        volume.resolve("data/decisions/" + java.util.HexFormat.of().formatHex(digest) + ".json");
    String base64 =
        Json.read(DurableFiles.read(kept).orElseThrow(), JsonNode.class).get("decision").asText();
    return (MergeDecision) Decision.decode(java.util.Base64.getDecoder().decode(base64));
  }

  private Block block(MergeDecision decision) {
    return hub.chain.block(hub.chain.start(), hub.chain.approved(decision, 0, 1, 2));
  }

  private static MergeDecision withMeta(MergeDecision of, CommitMeta meta) {
    ExactMerge merge = of.merge();
    byte[] bytes =
        CommitBuilder.merge(
            ObjectId.of(merge.tree()),
            ObjectId.of(merge.base()),
            ObjectId.of(merge.head()),
            DecidedCommits.meta(meta));
    return new MergeDecision(
        of.chainId(),
        of.branch(),
        of.voids(),
        of.proposal(),
        new ExactMerge(
            merge.base(),
            merge.mergeBase(),
            merge.head(),
            merge.tree(),
            merge.treeDigest(),
            CommitBuilder.id(bytes).hex(),
            merge.category()),
        meta,
        of.engineDigest(),
        of.policyDigest(),
        of.checks(),
        of.author(),
        of.grant());
  }

  private byte[] otherMessage(Analysis analysis) {
    return CommitBuilder.merge(
        ObjectId.of(analysis.getTree()),
        head,
        head,
        DecidedCommits.meta(
            new CommitMeta(
                "Mallory", "m@example.invalid", "QuDAG", "h@example.invalid", 1, "Trust me\n")));
  }

  private Analysis analyse(String name) {
    return thief.analyze(AnalyzeRequest.newBuilder().setProposal(name).setBase(head.hex()).build());
  }

  private static DecideRequest.Builder request(String name, Analysis analysis) {
    return DecideRequest.newBuilder()
        .setProposal(name)
        .setBase(analysis.getBase())
        .setCommit(analysis.getCommit());
  }

  private static CheckVerdict checkOf(String tree) {
    return CheckVerdict.newBuilder()
        .setName("test")
        .setImage("image")
        .setTree(tree)
        .setPassed(true)
        .setSpecDigest(ByteString.copyFrom(new byte[32]))
        .setLogDigest(ByteString.copyFrom(new byte[32]))
        .build();
  }
}
