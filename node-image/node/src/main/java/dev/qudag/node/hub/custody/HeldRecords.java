package dev.qudag.node.hub.custody;

import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.custody.SignedCustody;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.proto.CustodyGrpc;
import dev.qudag.proto.HeldRecord;
import dev.qudag.proto.HeldRequest;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What one validator says that it keeps. Both calls throw {@code StatusRuntimeException} when it
 * does not answer, and {@code IllegalArgumentException} when it hands out what is none.
 */
public final class HeldRecords {
  private static final int MOST = 16_384;
  private static final long SECONDS = 120;

  private final ManagedChannel channel;

  public HeldRecords(ManagedChannel channel) {
    this.channel = channel;
  }

  /** The digests of the records, by the names of the proposals. */
  Map<String, Digest> digests() {
    Map<String, Digest> digests = new LinkedHashMap<>();
    for (HeldRecord held : read(false)) {
      digests.put(held.getProposal(), Digest.of(held.getDigest().toByteArray()));
    }
    return digests;
  }

  /** The records themselves; nobody has verified them. */
  public List<SignedCustody> whole() {
    return read(true).stream()
        .map(
            held ->
                new SignedCustody(
                    CustodyRecord.decode(held.getRecord().toByteArray()),
                    Bytes.of(held.getSignature().toByteArray())))
        .toList();
  }

  private List<HeldRecord> read(boolean whole) {
    Iterator<HeldRecord> answers =
        CustodyGrpc.newBlockingStub(channel)
            .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
            .held(HeldRequest.newBuilder().setWhole(whole).build());
    List<HeldRecord> read = new ArrayList<>();
    while (answers.hasNext()) {
      if (read.size() == MOST) {
        throw new IllegalArgumentException("a validator keeps more than " + MOST + " records");
      }
      read.add(answers.next());
    }
    return read;
  }
}
