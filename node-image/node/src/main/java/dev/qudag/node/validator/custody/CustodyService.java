package dev.qudag.node.validator.custody;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.custody.SignedCustody;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.git.process.GitException;
import dev.qudag.node.net.Callers;
import dev.qudag.node.net.StreamWriter;
import dev.qudag.proto.CustodyGrpc;
import dev.qudag.proto.DropRequest;
import dev.qudag.proto.DropResponse;
import dev.qudag.proto.HeldRecord;
import dev.qudag.proto.HeldRequest;
import dev.qudag.proto.KeepRequest;
import dev.qudag.proto.KeepResponse;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Predicate;

/** Serves the hub of the chain. */
public final class CustodyService extends CustodyGrpc.CustodyImplBase {
  private static final int MOST_DROPPED = 256;

  private final Custodian custodian;
  private final Predicate<Digest> isHub;

  /**
   * @param isHub whether a TLS key is the hub's
   */
  public CustodyService(Custodian custodian, Predicate<Digest> isHub) {
    this.custodian = custodian;
    this.isHub = isHub;
  }

  public ServerServiceDefinition guarded() {
    return new Callers("the hub", isHub).guard(this);
  }

  @Override
  public void keep(KeepRequest request, StreamObserver<KeepResponse> call) {
    try {
      var offered =
          new SignedCustody(
              CustodyRecord.decode(request.getRecord().toByteArray()),
              Bytes.of(request.getSignature().toByteArray()));
      Optional<Custodian.Refused> refused = custodian.keep(offered);
      var answer = KeepResponse.newBuilder();
      refused.ifPresent(
          why -> answer.setRefusedReason(why.reason()).setRefusedMessage(why.message()));
      call.onNext(answer.build());
      call.onCompleted();
    } catch (IllegalArgumentException e) {
      throw Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException();
    } catch (IOException | GitException e) {
      throw Status.INTERNAL
          .withDescription("cannot keep it: " + e.getMessage())
          .withCause(e)
          .asRuntimeException();
    }
  }

  @Override
  public void held(HeldRequest request, StreamObserver<HeldRecord> call) {
    StreamWriter.answer(
        call,
        out -> {
          for (Holding holding : custodian.holdings()) {
            out.send(message(holding, request.getWhole()));
          }
        });
  }

  private static HeldRecord message(Holding holding, boolean whole) {
    byte[] encoded = holding.record().encode();
    var message =
        HeldRecord.newBuilder()
            .setProposal(holding.record().proposal())
            .setDigest(ByteString.copyFrom(Digest.sha256(encoded).bytes()));
    if (whole) {
      message
          .setRecord(ByteString.copyFrom(encoded))
          .setSignature(ByteString.copyFrom(holding.custody().signature().toArray()));
    }
    return message.build();
  }

  @Override
  public void drop(DropRequest request, StreamObserver<DropResponse> call) {
    if (request.getProposalsCount() > MOST_DROPPED) {
      throw Status.INVALID_ARGUMENT
          .withDescription(
              request.getProposalsCount() + " proposals to drop, at most " + MOST_DROPPED)
          .asRuntimeException();
    }
    try {
      custodian.drop(request.getProposalsList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot drop a proposal", e);
    }
    call.onNext(DropResponse.getDefaultInstance());
    call.onCompleted();
  }
}
