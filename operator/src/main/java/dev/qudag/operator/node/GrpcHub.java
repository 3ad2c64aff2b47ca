package dev.qudag.operator.node;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.proto.AdoptUpstreamRequest;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.AnalyzeRequest;
import dev.qudag.proto.CertificateRequest;
import dev.qudag.proto.ChangePolicyRequest;
import dev.qudag.proto.ChangeSetRequest;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.CloseResponse;
import dev.qudag.proto.DecideRequest;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.HubControlGrpc.HubControlBlockingStub;
import dev.qudag.proto.OrderRevertRequest;
import dev.qudag.proto.OrderRevertResponse;
import dev.qudag.proto.ProposeCandidateRequest;
import dev.qudag.proto.ProposeCandidateResponse;
import dev.qudag.proto.SealRequest;
import dev.qudag.proto.TreeTokenRequest;
import io.grpc.Channel;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;

/** A hub over gRPC, with a deadline on every call. */
final class GrpcHub implements Hub {
  private static final int QUICK_SECONDS = 5;
  private static final int MERGE_SECONDS = 20;

  private final Genesis genesis;
  private final HubControlBlockingStub stub;

  GrpcHub(Genesis genesis, Channel channel) {
    this.genesis = genesis;
    this.stub = HubControlGrpc.newBlockingStub(channel);
  }

  private HubControlBlockingStub within(int seconds) {
    return stub.withDeadlineAfter(seconds, TimeUnit.SECONDS);
  }

  @Override
  public Genesis genesis() {
    return genesis;
  }

  @Override
  public Analysis analyze(String proposal, String base) {
    return within(MERGE_SECONDS)
        .analyze(AnalyzeRequest.newBuilder().setProposal(proposal).setBase(base).build());
  }

  @Override
  public String issueTreeToken(String tree, String job) {
    return within(QUICK_SECONDS)
        .issueTreeToken(TreeTokenRequest.newBuilder().setTree(tree).setJob(job).build())
        .getToken();
  }

  @Override
  public Digest decide(DecideRequest request) {
    return digest(within(MERGE_SECONDS).decide(request).getDecisionDigest());
  }

  @Override
  public CloseResponse close(CloseRequest request) {
    return within(QUICK_SECONDS).close(request);
  }

  @Override
  public ProposeCandidateResponse proposeCandidate(ProposeCandidateRequest request) {
    return within(QUICK_SECONDS).proposeCandidate(request);
  }

  @Override
  public OrderRevertResponse orderRevert(RevertOrder.Signed order) {
    return within(QUICK_SECONDS)
        .orderRevert(
            OrderRevertRequest.newBuilder()
                .setOrder(ByteString.copyFrom(order.order().encode()))
                .setSignature(ByteString.copyFrom(order.signature().toArray()))
                .build());
  }

  @Override
  public Digest changePolicy(PolicyDecision decision) {
    return digest(
        within(QUICK_SECONDS)
            .changePolicy(
                ChangePolicyRequest.newBuilder()
                    .setDecision(ByteString.copyFrom(decision.encode()))
                    .build())
            .getDecisionDigest());
  }

  @Override
  public Digest changeSet(SetDecision decision) {
    return digest(
        within(QUICK_SECONDS)
            .changeSet(
                ChangeSetRequest.newBuilder()
                    .setDecision(ByteString.copyFrom(decision.encode()))
                    .build())
            .getDecisionDigest());
  }

  @Override
  public Digest adoptUpstream(AdoptDecision decision) {
    return digest(
        within(QUICK_SECONDS)
            .adoptUpstream(
                AdoptUpstreamRequest.newBuilder()
                    .setDecision(ByteString.copyFrom(decision.encode()))
                    .build())
            .getDecisionDigest());
  }

  @Override
  public Seal seal(long epoch) {
    return Seal.decode(
        within(QUICK_SECONDS)
            .getSeal(SealRequest.newBuilder().setEpoch(epoch).build())
            .getSeal()
            .toByteArray());
  }

  @Override
  public byte[] certificate(Digest decision) {
    return within(QUICK_SECONDS)
        .getCertificate(
            CertificateRequest.newBuilder()
                .setDecisionDigest(ByteString.copyFrom(decision.bytes()))
                .build())
        .getCertificate()
        .toByteArray();
  }

  private static Digest digest(ByteString bytes) {
    if (bytes.size() != Digest.SIZE) {
      throw Status.INTERNAL
          .withDescription(
              "the hub answers with %d bytes, expected a digest of %d"
                  .formatted(bytes.size(), Digest.SIZE))
          .asRuntimeException();
    }
    return Digest.of(bytes.toByteArray());
  }
}
