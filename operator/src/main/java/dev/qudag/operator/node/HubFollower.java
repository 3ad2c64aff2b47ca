package dev.qudag.operator.node;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.HubState;
import dev.qudag.proto.WatchRequest;
import dev.qudag.proto.WorkspaceState;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Follows one hub: keeps the last state of its chain that it told, and says when that or the
 * connection changed.
 */
final class HubFollower {
  private static final System.Logger LOG = System.getLogger(HubFollower.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int COMMIT_DIGITS = 40;
  private static final Pattern REASON = Pattern.compile("([A-Za-z][A-Za-z0-9]{0,63})?");

  private final SwarmKey swarm;
  private final Genesis genesis;
  private final ByteString chainId;
  private final ManagedChannel channel;
  private final BooleanSupplier wanted;
  private final Consumer<HubChange> changed;
  private final Hub hub;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Context.CancellableContext calls = Context.current().withCancellation();
  private volatile @Nullable HubState state;
  private volatile boolean connected;
  private SetInForce set;

  HubFollower(
      SwarmKey swarm,
      Genesis genesis,
      SetInForce set,
      ManagedChannel channel,
      BooleanSupplier wanted,
      Consumer<HubChange> changed) {
    this.swarm = swarm;
    this.genesis = genesis;
    this.chainId = ByteString.copyFrom(genesis.chainId().bytes());
    this.set = set;
    this.channel = channel;
    this.wanted = wanted;
    this.changed = changed;
    this.hub = new GrpcHub(genesis, channel);
  }

  void start(String name, Runnable atEnd) {
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              calls.run(this::followUntilStopped);
              atEnd.run();
            });
  }

  void stop() {
    stopped.countDown();
    calls.cancel(null);
  }

  boolean follows(Genesis other) {
    return genesis.equals(other);
  }

  Hub hub() {
    return hub;
  }

  Optional<HubState> state() {
    return Optional.ofNullable(state);
  }

  boolean isConnected() {
    return connected;
  }

  synchronized SetInForce set() {
    return set;
  }

  /** Notes which validators decide from now on, and gives those who did until now. */
  synchronized SetInForce decidedBy(SetInForce next) {
    SetInForce before = set;
    set = next;
    return before;
  }

  private void followUntilStopped() {
    do {
      try {
        channel.resetConnectBackoff();
        Iterator<HubState> states =
            HubControlGrpc.newBlockingStub(channel).watch(WatchRequest.getDefaultInstance());
        while (states.hasNext()) {
          hear(states.next());
        }
      } catch (StatusRuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "the hub's stream ended", e);
      }
      disconnected();
    } while (!isStoppedAfterPause() && wanted.getAsBoolean());
  }

  /**
   * A hub that goes over to this chain tells of the one before, until it starts anew. What no chain
   * can be in is passed over: no pass could go on with it, and no status hold it.
   */
  void hear(HubState next) {
    if (!next.getChainId().equals(chainId)) {
      return;
    }
    if (isOfSomeChain(next)) {
      told(next);
    } else {
      LOG.log(System.Logger.Level.DEBUG, "no chain can be as the hub of {0} tells", swarm.name());
    }
  }

  private static boolean isOfSomeChain(HubState told) {
    return LongStream.of(
                told.getHeight(), told.getPolicyChanges(), told.getEpoch(), told.getReverts())
            .allMatch(count -> count >= 0)
        && told.getHead().length() <= COMMIT_DIGITS
        && REASON.matcher(told.getStalledReason()).matches();
  }

  private void told(HubState next) {
    HubState news = withoutHeartbeats(next);
    Optional<HubState> before = connected ? state() : Optional.empty();
    state = news;
    connected = true;
    if (before.isEmpty()) {
      changed.accept(HubChange.ofConnection(swarm));
    } else if (!before.get().equals(news)) {
      changed.accept(HubChange.between(swarm, before.get(), news));
    }
  }

  private static HubState withoutHeartbeats(HubState told) {
    HubState.Builder bare = told.toBuilder();
    bare.getWorkspacesBuilderList().forEach(WorkspaceState.Builder::clearLastHeartbeatMs);
    return bare.build();
  }

  private void disconnected() {
    boolean news = connected;
    connected = false;
    if (news) {
      changed.accept(HubChange.ofConnection(swarm));
    }
  }

  private boolean isStoppedAfterPause() {
    try {
      return stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
