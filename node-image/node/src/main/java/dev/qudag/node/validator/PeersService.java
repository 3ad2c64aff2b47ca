package dev.qudag.node.validator;

import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import dev.qudag.node.net.PeerIdentity;
import dev.qudag.proto.PeerClose;
import dev.qudag.proto.PeerFrame;
import dev.qudag.proto.PeersGrpc;
import dev.qudag.transport.limit.Bans;
import dev.qudag.transport.limit.Offence;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Takes the streams of the other validators, one of each, and one frame after the other: while one
 * is being taken the next is not read. A frame that is malformed ends its stream, since an honest
 * peer sends none; a peer that goes on with such, or sends too much, is banned for a while.
 */
final class PeersService extends PeersGrpc.PeersImplBase {
  /** Where the frames go. */
  @FunctionalInterface
  interface Inbox {
    /**
     * Takes one frame; may wait until there is room for it.
     *
     * @throws MalformedEncodingException when the frame is not what it says
     */
    void take(int peer, PeerFrame frame) throws InterruptedException;
  }

  private static final System.Logger LOG = System.getLogger(PeersService.class.getName());

  /**
   * What opening a stream counts as: a peer that breaks the rules below this class, as by messages
   * over the limit, only loses its stream each time.
   */
  private static final int STREAM_COST_BYTES = 1024 * 1024;

  private static final Status REPLACED =
      Status.ABORTED.withDescription("a newer stream of the same validator took its place");

  private final Function<Digest, Optional<Member>> members;
  private final Inbox inbox;
  private final Bans bans;

  /** The stream of each member, by its index: a further one takes its place. */
  private final Map<Integer, Incoming> streams = new ConcurrentHashMap<>();

  /**
   * @param members finds the validator that a TLS key belongs to, in whichever epoch the chain is
   * @param inbox gets frames with the index of who sent them
   */
  PeersService(Function<Digest, Optional<Member>> members, Inbox inbox, Bans bans) {
    this.members = members;
    this.inbox = inbox;
    this.bans = bans;
  }

  @Override
  public StreamObserver<PeerFrame> exchange(StreamObserver<PeerClose> answer) {
    Digest caller =
        PeerIdentity.require("validators of the epoch", key -> members.apply(key).isPresent());
    Optional<Member> member = members.apply(caller);
    if (member.isEmpty()) {
      throw Status.PERMISSION_DENIED.withDescription("the epoch has ended").asRuntimeException();
    }
    boolean isBanned = bans.of(caller).isPresent();
    Optional<Bans.Ban> ban = bans.admit(caller, STREAM_COST_BYTES);
    if (ban.isPresent()) {
      if (!isBanned) {
        LOG.log(System.Logger.Level.WARNING, "{0} is {1}", member.get().name(), ban.get());
      }
      throw refusal(ban.get());
    }
    var stream = new Incoming(member.get(), answer);
    Incoming before = streams.put(member.get().index(), stream);
    if (before != null) {
      before.end(REPLACED.asRuntimeException());
    }
    return stream;
  }

  private static StatusRuntimeException refusal(Bans.Ban ban) {
    return Status.RESOURCE_EXHAUSTED.withDescription(ban.toString()).asRuntimeException();
  }

  private final class Incoming implements StreamObserver<PeerFrame> {
    private final Member member;
    private final StreamObserver<PeerClose> answer;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Incoming(Member member, StreamObserver<PeerClose> answer) {
      this.member = member;
      this.answer = answer;
    }

    @Override
    public void onNext(PeerFrame frame) {
      if (!open.get()) {
        return;
      }
      if (members.apply(member.tlsFingerprint()).isEmpty()) {
        end(
            Status.PERMISSION_DENIED
                .withDescription("not a validator of the epoch any more")
                .asRuntimeException());
        return;
      }
      Optional<Bans.Ban> ban = bans.admit(member.tlsFingerprint(), frame.getSerializedSize());
      if (ban.isPresent()) {
        end(refusal(ban.get()));
        return;
      }
      try {
        inbox.take(member.index(), frame);
      } catch (MalformedEncodingException e) {
        var ignored = bans.accuse(member.tlsFingerprint(), Offence.MALFORMED);
        end(
            Status.INVALID_ARGUMENT
                .withDescription("malformed frame: " + e.getMessage())
                .asRuntimeException());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        end(Status.UNAVAILABLE.withDescription("the node ends").asRuntimeException());
      }
    }

    /** Also from the thread of another stream, which takes the place of this one. */
    private void end(StatusRuntimeException why) {
      if (!open.compareAndSet(true, false)) {
        return;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "ended the stream of {0}: {1}",
          member.name(),
          why.getStatus().getDescription());
      answer.onError(why);
    }

    @Override
    public void onError(Throwable reason) {
      open.set(false);
    }

    @Override
    public void onCompleted() {
      if (open.compareAndSet(true, false)) {
        answer.onNext(PeerClose.getDefaultInstance());
        answer.onCompleted();
      }
    }
  }
}
