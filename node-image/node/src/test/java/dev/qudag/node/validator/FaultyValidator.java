package dev.qudag.node.validator;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.node.main.NodeEnvironment;
import dev.qudag.node.main.NodeRuntime;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.ChainStatusRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The program of the test-only image {@code faulty}: a member of the set, with its own keys on its
 * own volume, that does not do what a validator does. It enrols, and says that it is well.
 */
public final class FaultyValidator {
  private static final System.Logger LOG = System.getLogger(FaultyValidator.class.getName());
  private static final int PAUSE_MILLIS = 1000;
  private static final int VIEWS_AHEAD = 5;

  /** What it does instead. */
  private enum Fault {
    /**
     * Votes twice in a view and attests twice as soon as there is a file {@code now} on its volume,
     * and withholds all that others wait for.
     *
     * <p>It knows the first epoch alone: two liars begin at one time, before the set that convicts
     * the first of them has gone on to the next.
     */
    LIES,
    /** Withholds it. */
    SILENT
  }

  private FaultyValidator() {}

  /** Takes the name of a {@link Fault}. */
  public static void main(String... arguments) throws Exception {
    Fault fault = Fault.valueOf(arguments[0].strip().toUpperCase(Locale.ROOT));
    NodeEnvironment environment = NodeEnvironment.of(System.getenv());
    try (NodeRuntime node = NodeRuntime.open(environment, NodeRole.VALIDATOR)) {
      node.start();
      Genesis genesis = node.awaitGenesis();
      if (fault == Fault.LIES) {
        lieForEver(node, genesis);
      }
      node.awaitTermination();
    }
  }

  private static void lieForEver(NodeRuntime node, Genesis genesis) {
    VerifyingKey self = node.store().identity().verifyingKey();
    int place = genesis.set().placeOf(self).orElseThrow();
    List<Member> members = genesis.set().members();
    var liar =
        node.closeLater(
            new Liar(
                genesis.chainId(),
                place,
                node.store().identity(),
                to -> channel(node, members.get(to))));
    int first = place == 0 ? 1 : 0;
    ManagedChannel asked = node.closeLater(new Asked(channel(node, members.get(first)))).channel();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    node.closeLater(clock::shutdownNow);
    Path signal = node.store().data().resolve("now");
    var unused =
        clock.scheduleWithFixedDelay(
            () -> {
              if (!Files.exists(signal)) {
                return;
              }
              try {
                long view =
                    ChainGrpc.newBlockingStub(asked)
                        .status(ChainStatusRequest.getDefaultInstance())
                        .getView();
                for (int to = 0; to < members.size(); to++) {
                  if (to != place) {
                    liar.votesTwice(to, view + VIEWS_AHEAD);
                  }
                }
                liar.attestsTwice(first, first + (place == first + 1 ? 2 : 1));
              } catch (StatusRuntimeException e) {
                LOG.log(System.Logger.Level.INFO, "nobody listens: {0}", e.getStatus());
              }
            },
            PAUSE_MILLIS,
            PAUSE_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  private static ManagedChannel channel(NodeRuntime node, Member member) {
    return node.channels().to(node.environment().addressOf(member.name()), member.tlsFingerprint());
  }

  private record Asked(ManagedChannel channel) implements AutoCloseable {
    @Override
    public void close() {
      channel.shutdownNow();
    }
  }
}
