package dev.qudag.node.hub.custody;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.custody.SignedCustody;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.Digest;
import dev.qudag.node.hub.book.Changes;
import dev.qudag.node.hub.custody.CustodyPlan.Item;
import dev.qudag.proto.CustodyGrpc;
import dev.qudag.proto.DropRequest;
import dev.qudag.proto.KeepRequest;
import dev.qudag.proto.KeepResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Gives one validator what it is to keep, as it comes up: first what it holds already, then what it
 * lacks, one record after the other, each with its objects. What it holds and the hub does not know
 * is taken back. Starts again when it breaks, after ever longer pauses.
 */
public final class CustodyLink implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CustodyLink.class.getName());
  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** Beyond what the validator has to fetch the objects. */
  private static final long KEEP_SECONDS = 150;

  private static final int MOST_DROPPED = 256;

  private final Member member;
  private final ManagedChannel channel;
  private final Custody custody;
  private final ReturnedRecords returned;
  private final Changes changes;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread worker;

  /** What the validator holds, by the names of the proposals. */
  private final Map<String, Digest> held = new HashMap<>();

  /** Records that it refused, and when to offer them again, by {@link System#nanoTime}. */
  private final Map<Digest, Long> refused = new HashMap<>();

  private Duration pause = SHORTEST;

  public CustodyLink(
      Member member,
      ManagedChannel channel,
      Custody custody,
      ReturnedRecords returned,
      Changes changes) {
    this.member = member;
    this.channel = channel;
    this.custody = custody;
    this.returned = returned;
    this.changes = changes;
    this.worker = Thread.ofVirtual().name("custody-" + member.index()).unstarted(this::keepUp);
  }

  public void start() {
    worker.start();
  }

  private void keepUp() {
    try {
      do {
        try {
          channel.resetConnectBackoff(); // It may just have started.
          converse();
        } catch (StatusRuntimeException e) {
          LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", member.name(), e.getStatus());
          custody.hindered(member, text(e.getStatus()));
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.WARNING, "what " + member.name() + " keeps", e);
          custody.hindered(member, String.valueOf(e.getMessage()));
        }
      } while (!closed.await(longerPause().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration longerPause() {
    Duration now = pause;
    Duration next = pause.multipliedBy(2);
    pause = next.compareTo(LONGEST) > 0 ? LONGEST : next;
    return now;
  }

  private static String text(Status status) {
    return status.getDescription() == null
        ? status.getCode().name()
        : status.getCode() + " " + status.getDescription();
  }

  /** Ends when the validator must be asked again what it holds. */
  private void converse() throws InterruptedException {
    meet();
    pause = SHORTEST;
    while (closed.getCount() > 0) {
      long seen = changes.count();
      if (!giveAll()) {
        return;
      }
      dropSuperfluous();
      var unused = changes.awaitOtherThan(seen, refused.isEmpty() ? IDLE : LONGEST);
    }
  }

  private void meet() {
    var listed = new HeldRecords(channel);
    held.clear();
    held.putAll(listed.digests());
    if (held.entrySet().stream().anyMatch(one -> custody.isNews(one.getKey(), one.getValue()))) {
      var unused =
          returned.take(
              listed.whole(
                  one ->
                      custody.isNews(one.record().proposal(), one.record().digest())
                          && returned.isGenuine(one)));
    }
    custody.holds(member, held.values());
  }

  /** False when the validator knows better what became of a proposal. */
  private boolean giveAll() {
    List<Item> lacked = custody.lackedBy(member);
    refused.keySet().retainAll(lacked.stream().map(Item::digest).toList());
    for (Item item : lacked) {
      if (closed.getCount() == 0) {
        return true;
      }
      if (isDue(item) && !give(item)) {
        return false;
      }
    }
    return true;
  }

  private boolean isDue(Item item) {
    Long due = refused.get(item.digest());
    return due == null || System.nanoTime() - due >= 0;
  }

  private boolean give(Item item) {
    KeepResponse answer = keep(item);
    if (answer.getRefusedReason().isEmpty()) {
      refused.remove(item.digest());
      held.put(item.record().proposal(), item.digest());
      custody.holdsAlso(member, item.digest());
      return true;
    }
    refused.put(item.digest(), System.nanoTime() + LONGEST.toNanos());
    custody.hindered(member, answer.getRefusedReason() + ": " + answer.getRefusedMessage());
    return !answer.getRefusedReason().equals("Ended");
  }

  private KeepResponse keep(Item item) {
    SignedCustody signed = custody.signed(item);
    try {
      return within()
          .keep(
              KeepRequest.newBuilder()
                  .setRecord(ByteString.copyFrom(signed.record().encode()))
                  .setSignature(ByteString.copyFrom(signed.signature().toArray()))
                  .build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNAVAILABLE || closed.getCount() == 0) {
        throw e;
      }
      // This record alone: others may be kept all the same.
      return KeepResponse.newBuilder()
          .setRefusedReason(e.getStatus().getCode().name())
          .setRefusedMessage(String.valueOf(e.getStatus().getDescription()))
          .build();
    }
  }

  private void dropSuperfluous() {
    List<String> names =
        held.keySet().stream().filter(custody::isSuperfluous).limit(MOST_DROPPED).toList();
    if (!names.isEmpty()) {
      var unused = within().drop(DropRequest.newBuilder().addAllProposals(names).build());
      held.keySet().removeAll(names);
    }
  }

  private CustodyGrpc.CustodyBlockingStub within() {
    return CustodyGrpc.newBlockingStub(channel).withDeadlineAfter(KEEP_SECONDS, TimeUnit.SECONDS);
  }

  /** Returns when nothing is under way any more: the volume is somebody else's after that. */
  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    channel.shutdownNow();
    changes.signal();
    worker.join();
    custody.left(member);
  }
}
