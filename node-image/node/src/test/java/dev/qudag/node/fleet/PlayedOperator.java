package dev.qudag.node.fleet;

import dev.qudag.proto.Analysis;
import dev.qudag.proto.AnalyzeRequest;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.DecideRequest;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.HubControlGrpc.HubControlBlockingStub;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.WatchRequest;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the operator does with proposals where no policy asks for checks: the oldest one is analysed
 * and decided, the one behind it is analysed meanwhile on the commit that would land, and what
 * conflicts is given back. It writes down every end that the hub tells of.
 *
 * <p>It knows nothing that the hub does not tell it, and begins anew whenever a call fails.
 */
final class PlayedOperator implements AutoCloseable {
  static final String CONFLICT = "ConflictUnresolved";

  private static final System.Logger LOG = System.getLogger(PlayedOperator.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final long CALL_SECONDS = 30;

  private final ManagedChannel channel;
  private final HubControlBlockingStub hub;
  private final Map<String, CompletableFuture<Proposal>> ends = new ConcurrentHashMap<>();
  private final List<String> contradictions = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("operator").unstarted(this::run);

  /**
   * @param channel to the hub, with the operator's key
   */
  PlayedOperator(ManagedChannel channel) {
    this.channel = channel;
    this.hub = HubControlGrpc.newBlockingStub(channel);
  }

  void start() {
    thread.start();
  }

  /**
   * How a proposal ended: Landed or Closed.
   *
   * @throws TimeoutException when it has not by then
   */
  Proposal awaitEnd(String proposal, Duration patience)
      throws InterruptedException, TimeoutException {
    try {
      return end(proposal).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the hub must not say and did: that an end is another one, or that nothing lands. */
  List<String> contradictions() {
    return List.copyOf(contradictions);
  }

  private CompletableFuture<Proposal> end(String proposal) {
    return ends.computeIfAbsent(proposal, name -> new CompletableFuture<>());
  }

  private void run() {
    try {
      do {
        try {
          follow();
        } catch (StatusRuntimeException e) {
          LOG.log(System.Logger.Level.DEBUG, "begins anew: {0}", e.getStatus());
        }
        channel.resetConnectBackoff();
      } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when the hub ends the stream; ends the stream when a call fails. */
  private void follow() {
    Context.CancellableContext watching = Context.current().withCancellation();
    try {
      watching.run(
          () -> {
            Iterator<HubState> states = hub.watch(WatchRequest.getDefaultInstance());
            while (states.hasNext()) {
              HubState state = states.next();
              note(state);
              steer(state);
            }
          });
    } finally {
      watching.cancel(null);
    }
  }

  private void note(HubState state) {
    if (!state.getStalledReason().isEmpty()) {
      contradictions.add(state.getStalledReason() + ": " + state.getStalledMessage());
    }
    for (Proposal proposal : state.getProposalsList()) {
      CompletableFuture<Proposal> end = end(proposal.getName());
      if (isEnded(proposal)) {
        end.complete(proposal);
      }
      Proposal first = end.getNow(proposal);
      if (first.getState() != proposal.getState()
          || !first.getMergedCommit().equals(proposal.getMergedCommit())) {
        contradictions.add(
            "%s ended as %s %s, and is %s %s"
                .formatted(
                    proposal.getName(),
                    first.getState(),
                    first.getMergedCommit(),
                    proposal.getState(),
                    proposal.getMergedCommit()));
      }
    }
  }

  private static boolean isEnded(Proposal proposal) {
    return proposal.getState() == ProposalState.LANDED
        || proposal.getState() == ProposalState.CLOSED;
  }

  private void steer(HubState state) {
    Optional<Proposal> deciding = first(state, Set.of(ProposalState.DECIDING));
    Optional<Proposal> next = first(state, Set.of(ProposalState.OPEN, ProposalState.STALE));
    if (next.isEmpty()) {
      return;
    }
    String base = deciding.map(Proposal::getDecisionCommit).orElse(state.getHead());
    Analysis analysis = analyse(next.get().getName(), base);
    if (deciding.isEmpty()) {
      conclude(next.get().getName(), analysis);
    }
  }

  /** The oldest that stands so. */
  private static Optional<Proposal> first(HubState state, Set<ProposalState> wanted) {
    return state.getProposalsList().stream()
        .filter(proposal -> wanted.contains(proposal.getState()))
        .findFirst();
  }

  private HubControlBlockingStub soon() {
    return hub.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
  }

  private Analysis analyse(String proposal, String base) {
    return soon().analyze(AnalyzeRequest.newBuilder().setProposal(proposal).setBase(base).build());
  }

  private void conclude(String proposal, Analysis analysis) {
    if (analysis.getCommit().isEmpty()) {
      boolean refused = !analysis.getRefusedReason().isEmpty();
      var ignored =
          soon()
              .close(
                  CloseRequest.newBuilder()
                      .setProposal(proposal)
                      .setReason(refused ? analysis.getRefusedReason() : CONFLICT)
                      .setMessage(refused ? analysis.getRefusedMessage() : "git leaves conflicts")
                      .build());
    } else {
      var ignored =
          soon()
              .decide(
                  DecideRequest.newBuilder()
                      .setProposal(proposal)
                      .setBase(analysis.getBase())
                      .setCommit(analysis.getCommit())
                      .build());
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    channel.shutdownNow();
    thread.join();
  }
}
