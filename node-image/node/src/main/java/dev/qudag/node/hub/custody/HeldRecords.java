package dev.qudag.node.hub.custody;

import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.custody.SignedCustody;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.proto.CustodyGrpc;
import dev.qudag.proto.HeldRecord;
import dev.qudag.proto.HeldRequest;
import io.grpc.ManagedChannel;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
    read(
        false,
        held -> {
          ProposalBook.requireName(held.getProposal()); // it stays in memory, and may be megabytes
          digests.put(held.getProposal(), Digest.of(held.getDigest().toByteArray()));
        });
    return digests;
  }

  /**
   * The records that are wanted, each once; what else it hands out is not kept in memory.
   *
   * @param wanted verifies them, for nobody has
   */
  public Collection<SignedCustody> whole(Predicate<SignedCustody> wanted) {
    Map<Digest, SignedCustody> records = new LinkedHashMap<>();
    read(
        true,
        held -> {
          SignedCustody one = record(held);
          if (wanted.test(one)) {
            records.put(one.record().digest(), one);
          }
        });
    return records.values();
  }

  private static SignedCustody record(HeldRecord held) {
    return new SignedCustody(
        CustodyRecord.decode(held.getRecord().toByteArray()),
        Bytes.of(held.getSignature().toByteArray()));
  }

  private void read(boolean whole, Consumer<HeldRecord> reader) {
    Iterator<HeldRecord> answers =
        CustodyGrpc.newBlockingStub(channel)
            .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
            .held(HeldRequest.newBuilder().setWhole(whole).build());
    for (int read = 0; answers.hasNext(); read++) {
      if (read == MOST) {
        throw new IllegalArgumentException("a validator keeps more than " + MOST + " records");
      }
      reader.accept(answers.next());
    }
  }
}
