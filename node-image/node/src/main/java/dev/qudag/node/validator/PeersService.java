package dev.qudag.node.validator;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.MalformedEncodingException;
import dev.qudag.node.net.PeerIdentity;
import dev.qudag.proto.PeerClose;
import dev.qudag.proto.PeerFrame;
import dev.qudag.proto.PeersGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes the streams of the other validators. A frame that is malformed ends its stream: an honest
 * peer sends none.
 */
final class PeersService extends PeersGrpc.PeersImplBase {
  /** Where the frames go. */
  @FunctionalInterface
  interface Inbox {
    /**
     * Takes one frame.
     *
     * @throws MalformedEncodingException when the frame is not what it says
     */
    void take(int peer, PeerFrame frame);
  }

  private static final System.Logger LOG = System.getLogger(PeersService.class.getName());

  private final Map<Digest, Member> members;
  private final Inbox inbox;

  PeersService(Genesis genesis, Inbox inbox) {
    this.members =
        genesis.members().stream()
            .collect(Collectors.toMap(Member::tlsFingerprint, Function.identity()));
    this.inbox = inbox;
  }

  @Override
  public StreamObserver<PeerFrame> exchange(StreamObserver<PeerClose> answer) {
    Digest caller = PeerIdentity.require("validators of the genesis", members::containsKey);
    Member member = Objects.requireNonNull(members.get(caller));
    return new StreamObserver<>() {
      private boolean open = true;

      @Override
      public void onNext(PeerFrame frame) {
        if (!open) {
          return;
        }
        try {
          inbox.take(member.index(), frame);
        } catch (MalformedEncodingException e) {
          LOG.log(
              System.Logger.Level.WARNING,
              "malformed frame of {0}: {1}",
              member.name(),
              e.getMessage());
          open = false;
          answer.onError(
              Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
        }
      }

      @Override
      public void onError(Throwable reason) {
        open = false;
      }

      @Override
      public void onCompleted() {
        open = false;
        answer.onNext(PeerClose.getDefaultInstance());
        answer.onCompleted();
      }
    };
  }
}
