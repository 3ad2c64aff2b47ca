package dev.qudag.operator.node;

import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.ChainStatus;
import dev.qudag.proto.ChainStatusRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks validators how their chains stand. */
public final class ChainClient {
  private static final int TIMEOUT_SECONDS = 2;

  private final PinnedChannels channels;

  public ChainClient(PinnedChannels channels) {
    this.channels = channels;
  }

  /** What the validator says, or nothing when it does not answer in time. */
  public Optional<ChainStatus> status(SwarmKey swarm, Member member) {
    ManagedChannel channel =
        channels.to(swarm.host(member.name()), Ports.GRPC, member.tlsFingerprint());
    try {
      channel.resetConnectBackoff();
      return Optional.of(
          ChainGrpc.newBlockingStub(channel)
              .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .status(ChainStatusRequest.getDefaultInstance()));
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
  }
}
