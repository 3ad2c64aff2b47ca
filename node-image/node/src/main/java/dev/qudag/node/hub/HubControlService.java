package dev.qudag.node.hub;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.analysis.Analyses;
import dev.qudag.node.hub.analysis.AnalysisAnswer;
import dev.qudag.node.hub.analysis.UnsignedException;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.tree.TreeTokens;
import dev.qudag.node.net.Callers;
import dev.qudag.node.net.StreamWriter;
import dev.qudag.proto.AdoptUpstreamRequest;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.AnalyzeRequest;
import dev.qudag.proto.CertificateRequest;
import dev.qudag.proto.CertificateResponse;
import dev.qudag.proto.ChangePolicyRequest;
import dev.qudag.proto.ChangeSetRequest;
import dev.qudag.proto.CheckVerdict;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.CloseResponse;
import dev.qudag.proto.DecideRequest;
import dev.qudag.proto.DecideResponse;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.HubState;
import dev.qudag.proto.OrderRevertRequest;
import dev.qudag.proto.OrderRevertResponse;
import dev.qudag.proto.ProposeCandidateRequest;
import dev.qudag.proto.ProposeCandidateResponse;
import dev.qudag.proto.SealRequest;
import dev.qudag.proto.SealResponse;
import dev.qudag.proto.TreeToken;
import dev.qudag.proto.TreeTokenRequest;
import dev.qudag.proto.WatchRequest;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the operator may ask of the hub. It steers: which proposal is analysed, checked, decided,
 * closed. No call here moves the branch.
 */
final class HubControlService extends HubControlGrpc.HubControlImplBase {
  private final Hub hub;
  private final HubWatch watch;
  private final Analyses analyses;
  private final Deciding deciding;
  private final Submissions submissions;
  private final Reverts reverts;
  private final TreeTokens tokens;

  /**
   * @param pace the least time between two states that one caller is told
   */
  HubControlService(Hub hub, TreeTokens tokens, Duration pace) {
    this.hub = hub;
    this.watch = new HubWatch(hub, pace);
    this.analyses = hub.analyses();
    this.deciding = hub.deciding(analyses);
    this.submissions = hub.submissions();
    this.reverts = hub.reverts();
    this.tokens = tokens;
  }

  ServerServiceDefinition guarded() {
    return new Callers("the operator", hub.genesis().operator().tlsFingerprint()::equals)
        .guard(this);
  }

  private <T> void answer(StreamObserver<T> call, Supplier<T> answer) {
    try {
      T value = answer.get();
      call.onNext(value);
      call.onCompleted();
    } catch (RefusedException e) {
      throw Status.FAILED_PRECONDITION.withDescription(e.text()).asRuntimeException();
    } catch (UnsignedException e) {
      throw Status.FAILED_PRECONDITION
          .withDescription(UnsignedException.REASON + ": " + e.getMessage())
          .asRuntimeException();
    } catch (IllegalArgumentException e) {
      throw Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException();
    }
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<HubState> call) {
    StreamWriter.answer(call, watch::tell);
  }

  @Override
  public void analyze(AnalyzeRequest request, StreamObserver<Analysis> call) {
    answer(call, () -> analysis(request));
  }

  private Analysis analysis(AnalyzeRequest request) {
    var proposal = hub.proposals().find(request.getProposal());
    if (proposal.isEmpty()) {
      return Analysis.newBuilder()
          .setBase(request.getBase())
          .setRefusedReason("UnknownRevision")
          .setRefusedMessage("the hub has no proposal " + request.getProposal())
          .build();
    }
    var source = proposal.get().source();
    var base = ObjectId.of(request.getBase());
    return new AnalysisAnswer(
            hub.repository().git().engine(),
            hub.chain().state().policy(),
            base,
            ObjectId.of(source.commit()))
        .of(analyses.of(source, base));
  }

  @Override
  public void issueTreeToken(TreeTokenRequest request, StreamObserver<TreeToken> call) {
    answer(
        call,
        () -> {
          var tree = ObjectId.of(request.getTree());
          if (hub.repository().git().treeOf(tree).isEmpty()) {
            throw new RefusedException("UnknownRevision", "the hub has no tree " + tree);
          }
          return TreeToken.newBuilder().setToken(tokens.issue(request.getJob(), tree)).build();
        });
  }

  @Override
  public void decide(DecideRequest request, StreamObserver<DecideResponse> call) {
    answer(
        call,
        () ->
            decided(
                deciding.land(
                    Stream.concat(
                            Stream.of(request.getProposal()), request.getTogetherList().stream())
                        .toList(),
                    ObjectId.of(request.getBase()),
                    ObjectId.of(request.getCommit()),
                    request.getChecksList().stream().map(HubControlService::check).toList())));
  }

  private static CheckResult check(CheckVerdict verdict) {
    return new CheckResult(
        verdict.getName(),
        Digest.of(verdict.getSpecDigest().toByteArray()),
        verdict.getImage(),
        verdict.getTree(),
        verdict.getPassed(),
        Digest.of(verdict.getLogDigest().toByteArray()));
  }

  private static DecideResponse decided(Digest decision) {
    return DecideResponse.newBuilder()
        .setDecisionDigest(ByteString.copyFrom(decision.bytes()))
        .build();
  }

  @Override
  public void close(CloseRequest request, StreamObserver<CloseResponse> call) {
    answer(
        call,
        () -> {
          var end =
              new Standing.Closed(
                  request.getReason(),
                  request.getMessage(),
                  Bytes.of(request.getFeedback().toByteArray()));
          var closed = hub.custody().end(request.getProposal(), request.getWorkspaceUid(), end);
          return CloseResponse.newBuilder()
              .setAlreadyLanded(closed == ProposalBook.Close.ALREADY_LANDED)
              .build();
        });
  }

  @Override
  public void proposeCandidate(
      ProposeCandidateRequest request, StreamObserver<ProposeCandidateResponse> call) {
    answer(
        call,
        () -> {
          try {
            submissions.proposeCandidate(
                request.getProposal(),
                request.getWorkspaceUid(),
                request.getCommit(),
                request.getBranch());
            return ProposeCandidateResponse.getDefaultInstance();
          } catch (RefusedException e) {
            return ProposeCandidateResponse.newBuilder()
                .setRefusedReason(e.reason())
                .setRefusedMessage(e.getMessage())
                .build();
          }
        });
  }

  @Override
  public void orderRevert(OrderRevertRequest request, StreamObserver<OrderRevertResponse> call) {
    answer(call, () -> orderRevert(request));
  }

  /** What stays wrong is answered; what another order mends, thrown. */
  private OrderRevertResponse orderRevert(OrderRevertRequest request) {
    var order =
        new RevertOrder.Signed(
            RevertOrder.decode(request.getOrder().toByteArray()),
            Bytes.of(request.getSignature().toByteArray()));
    return reverts
        .take(order)
        .map(
            refused ->
                OrderRevertResponse.newBuilder()
                    .setRefusedReason(refused.reason())
                    .setRefusedMessage(refused.message())
                    .build())
        .orElseGet(OrderRevertResponse::getDefaultInstance);
  }

  @Override
  public void changePolicy(ChangePolicyRequest request, StreamObserver<DecideResponse> call) {
    answer(
        call,
        () -> decided(deciding.policy(PolicyDecision.decode(request.getDecision().toByteArray()))));
  }

  @Override
  public void changeSet(ChangeSetRequest request, StreamObserver<DecideResponse> call) {
    answer(call, () -> decided(deciding.set(setDecision(request.getDecision()))));
  }

  @Override
  public void adoptUpstream(AdoptUpstreamRequest request, StreamObserver<DecideResponse> call) {
    answer(
        call,
        () -> decided(deciding.adopt(AdoptDecision.decode(request.getDecision().toByteArray()))));
  }

  private static SetDecision setDecision(ByteString encoded) {
    if (Decision.decode(encoded.toByteArray()) instanceof SetDecision decision) {
      return decision;
    }
    throw new IllegalArgumentException("expected a SetChange decision, found another kind");
  }

  @Override
  public void getSeal(SealRequest request, StreamObserver<SealResponse> call) {
    answer(
        call,
        () -> {
          Seal seal =
              hub.certificates()
                  .sealOf(request.getEpoch())
                  .orElseThrow(
                      () ->
                          new RefusedException(
                              "NotSealed", "epoch " + request.getEpoch() + " has no seal here"));
          return SealResponse.newBuilder().setSeal(ByteString.copyFrom(seal.encode())).build();
        });
  }

  @Override
  public void getCertificate(CertificateRequest request, StreamObserver<CertificateResponse> call) {
    answer(
        call,
        () -> {
          var decision = Digest.of(request.getDecisionDigest().toByteArray());
          DecisionCertificate certificate =
              hub.certificates()
                  .ofDecision(decision)
                  .orElseThrow(
                      () ->
                          new RefusedException(
                              "NotLanded", "no certificate of decision " + decision));
          return CertificateResponse.newBuilder()
              .setCertificate(ByteString.copyFrom(certificate.encode()))
              .build();
        });
  }
}
