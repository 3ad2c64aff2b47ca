package dev.qudag.node.hub;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.custody.SignedCustody;
import dev.qudag.crypto.Bytes;
import dev.qudag.proto.CustodyGrpc;
import dev.qudag.proto.DropRequest;
import dev.qudag.proto.DropResponse;
import dev.qudag.proto.HeldRecord;
import dev.qudag.proto.HeldRequest;
import dev.qudag.proto.KeepRequest;
import dev.qudag.proto.KeepResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what a hub gives it in memory, as honestly as a test wants. */
final class TestingCustody extends CustodyGrpc.CustodyImplBase {
  /** What it does with a record. */
  enum Mood {
    KEEP,
    /** Says that it keeps it, and does not. */
    LIE,
    AWAY
  }

  private final Map<String, SignedCustody> kept = new TreeMap<>();
  private Mood mood = Mood.KEEP;

  synchronized void is(Mood next) {
    mood = next;
  }

  /** Holds it, as if a hub had given it before. */
  synchronized void hold(SignedCustody record) {
    kept.put(record.record().proposal(), record);
  }

  synchronized List<CustodyRecord> kept() {
    return kept.values().stream().map(SignedCustody::record).toList();
  }

  @Override
  public synchronized void keep(KeepRequest request, StreamObserver<KeepResponse> call) {
    requirePresent();
    var record =
        new SignedCustody(
            CustodyRecord.decode(request.getRecord().toByteArray()),
            Bytes.of(request.getSignature().toByteArray()));
    var answer = KeepResponse.newBuilder();
    SignedCustody known = kept.get(record.record().proposal());
    if (known != null
        && known.record() instanceof CustodyRecord.Ended
        && record.record() instanceof CustodyRecord.Kept) {
      answer.setRefusedReason("Ended").setRefusedMessage("it has ended");
    } else if (mood == Mood.KEEP) {
      hold(record);
    }
    call.onNext(answer.build());
    call.onCompleted();
  }

  private void requirePresent() {
    if (mood == Mood.AWAY) {
      throw Status.UNAVAILABLE.withDescription("away for the test").asRuntimeException();
    }
  }

  @Override
  public synchronized void held(HeldRequest request, StreamObserver<HeldRecord> call) {
    requirePresent();
    for (SignedCustody record : kept.values()) {
      call.onNext(
          HeldRecord.newBuilder()
              .setProposal(record.record().proposal())
              .setDigest(ByteString.copyFrom(record.record().digest().bytes()))
              .setRecord(ByteString.copyFrom(record.record().encode()))
              .setSignature(ByteString.copyFrom(record.signature().toArray()))
              .build());
    }
    call.onCompleted();
  }

  @Override
  public synchronized void drop(DropRequest request, StreamObserver<DropResponse> call) {
    requirePresent();
    kept.keySet().removeAll(request.getProposalsList());
    call.onNext(DropResponse.getDefaultInstance());
    call.onCompleted();
  }
}
