package dev.qudag.node.validator;

import dev.qudag.consensus.attestation.dag.DagConfig;
import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.DecisionPayloads;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.simplex.Event;
import dev.qudag.consensus.simplex.SimplexConfig;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.identity.NodeStore;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.node.validator.attestation.AttestationLog;
import dev.qudag.node.validator.attestation.AttestationLoop;
import dev.qudag.node.validator.judge.DecisionJudge;
import dev.qudag.node.validator.judge.ObjectFetcher;
import dev.qudag.node.validator.pool.DecisionPool;
import dev.qudag.node.validator.pool.DecisionShelf;
import dev.qudag.proto.ChainStatus;
import dev.qudag.transport.limit.Bans;
import dev.qudag.transport.limit.Offence;
import dev.qudag.transport.limit.PeerLimits;
import dev.qudag.transport.limit.SteadyClock;
import io.grpc.ManagedChannel;
import io.grpc.ServerServiceDefinition;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * One validator of a chain: opens what is on the volume, starts the parts and wires them.
 * Everything that it signed is read back before its services are handed out or a stream is opened.
 */
public final class Validator implements AutoCloseable {
  /**
   * Where a validator stands.
   *
   * @param address {@code host:port} of hub and members by their name
   * @param heap bytes that the JVM may use at most
   * @param onFailure told when the validator cannot go on, because its disk failed
   */
  public record Surroundings(
      Genesis genesis,
      NodeStore store,
      SignLog signLog,
      PinnedChannels channels,
      Function<String, String> address,
      PrometheusRegistry metrics,
      long heap,
      Runnable onFailure) {}

  private final Member self;
  private final SignLog signLog;
  private final BlockStore blocks;
  private final AttestationLoop attestations;
  private final ManagedChannel hub;
  private final PeerLinks links;
  private final CatchUp catchUp;
  private final DecisionPool pool;
  private final DecisionExchange exchange;
  private final DecisionJudge judge;
  private final Deliberation deliberation;
  private final ConsensusLoop<ChainState> loop;
  private final ValidatorMetrics metrics;
  private final Bans bans = new Bans(PeerLimits.VALIDATOR, SteadyClock.system());
  private final Genesis genesis;
  private final Runnable onFailure;
  private volatile boolean closing;

  private Validator(Surroundings around) throws IOException {
    NodeStore store = around.store();
    this.genesis = around.genesis();
    this.onFailure = around.onFailure();
    this.self = self(genesis, store);
    var budget = new HeapBudget(around.heap(), genesis.members().size());
    this.signLog = around.signLog();
    this.metrics = new ValidatorMetrics(around.metrics());
    BanMetrics.register(bans, around.metrics());
    this.blocks = BlockStore.open(store.data(), genesis);
    this.hub =
        around
            .channels()
            .to(around.address().apply(genesis.hub().name()), genesis.hub().tlsFingerprint());
    List<Member> others =
        genesis.members().stream().filter(member -> member.index() != self.index()).toList();
    this.links =
        new PeerLinks(
            others, around.channels(), around.address(), budget.outboxes(), this::connected);
    this.catchUp = new CatchUp(others, around.channels(), around.address(), this::submit);
    this.pool = new DecisionPool(genesis.set(), budget.pool());
    this.exchange = new DecisionExchange(pool, self.index());
    GitRepository repository =
        GitRepository.openOrInit(store.data().resolve("objects.git"), RefName.of(genesis.branch()));
    this.judge = new DecisionJudge(blocks, repository, new ObjectFetcher(hub, repository));
    var signatures = new ForgeryWatch(ValidatorSets.of(genesis));
    this.loop =
        new ConsensusLoop<>(
            config(store, signatures.set()),
            new DecisionPayloads(),
            signatures,
            signLog,
            blocks,
            new Outlet(),
            metrics);
    this.attestations =
        new AttestationLoop(
            dagConfig(store, budget.words()),
            AttestationLog.open(
                store.data(), store.incarnation(), genesis.chainId(), blocks.height() == 0),
            new AttestationOutlet(genesis, links, this::deliberation, bans, metrics, this::fail));
    this.deliberation =
        new Deliberation(
            genesis.chainId(),
            self.index(),
            pool,
            new DecisionShelf(store.data()),
            judge,
            attestations,
            blocks::isPast,
            links::broadcast,
            this::submit,
            metrics);
    metrics.height(blocks.height());
  }

  private static Member self(Genesis genesis, NodeStore store) {
    return genesis.members().stream()
        .filter(member -> member.signingKey().equals(store.identity().verifyingKey()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("the genesis does not name this validator's key"));
  }

  private SimplexConfig config(NodeStore store, ValidatorSet set) {
    return new SimplexConfig(
        genesis.chainId(),
        genesis.epoch(),
        set,
        self.index(),
        store.identity().signingKey()::sign,
        Duration.ofMillis(genesis.viewTimeoutMillis()),
        SimplexConfig.LONGEST_TIMEOUT);
  }

  private DagConfig dagConfig(NodeStore store, DagConfig.Limits limits) {
    return new DagConfig(
        genesis.chainId(),
        genesis.epoch(),
        ValidatorSets.of(genesis),
        self.index(),
        store.identity().signingKey()::sign,
        limits);
  }

  private Deliberation deliberation() {
    return deliberation;
  }

  /**
   * Starts to take part. What was under way and what was said of it are back before a block can
   * become final, which lets what waited for it be judged.
   */
  public static Validator start(Surroundings around) throws IOException {
    Validator validator = new Validator(around);
    validator.deliberation.restore();
    validator.attestations.start();
    validator.loop.start();
    validator.deliberation.resume();
    validator.links.open();
    return validator;
  }

  /** What this validator serves. */
  public List<ServerServiceDefinition> services() {
    return List.of(
        new PeersService(genesis, frames(), bans).bindService(),
        new ChainService(genesis, deliberation, pool, blocks, this::position).guarded());
  }

  private IncomingFrames frames() {
    return new IncomingFrames(
        genesis.chainId(), links, loop, attestations, deliberation, exchange, this::fail);
  }

  public long height() {
    return blocks.height();
  }

  /** What is missing before this validator is of use: empty when it reaches a quorum. */
  public String wanting() {
    List<Integer> peers = links.connectedPeers();
    long weight =
        self.weight()
            + peers.stream().mapToLong(peer -> genesis.members().get(peer).weight()).sum();
    return weight >= genesis.quorum()
        ? ""
        : "%d of %d validators connected, weight %d of %d needed"
            .formatted(peers.size() + 1, genesis.members().size(), weight, genesis.quorum());
  }

  private ChainStatus position() {
    return ChainStatus.newBuilder()
        .setView(loop.view())
        .setPeersConnected(links.connected())
        .setPeersTotal(links.total())
        .setEngineDigest(judge.engine().hex())
        .build();
  }

  private void submit(Event event) {
    loop.submit(event);
  }

  private void connected(int peer) {
    metrics.peers(links.connected());
    submit(new Event.Connected(peer));
    attestations.connected(peer);
    exchange.greeting().forEach(frame -> links.send(peer, frame));
  }

  private void fail(Throwable reason) {
    if (closing) {
      return; // The files are closed already.
    }
    System.getLogger(Validator.class.getName())
        .log(System.Logger.Level.ERROR, "cannot go on: " + reason.getMessage(), reason);
    onFailure.run();
  }

  private final class Outlet implements ConsensusLoop.Outlet<ChainState> {
    @Override
    public void send(int peer, Message message) {
      links.send(peer, PeerLinks.frame(message));
    }

    @Override
    public void broadcast(Message message) {
      links.broadcast(PeerLinks.frame(message));
    }

    @Override
    public void finalized(FinalBlock block, ChainState state) {
      metrics.height(block.height());
      deliberation.finalized(block);
    }

    @Override
    public void catchUp(long fromHeight) {
      catchUp.from(fromHeight);
    }

    @Override
    public void forged(int peer) {
      Member member = genesis.members().get(peer);
      var ignored = bans.accuse(member.tlsFingerprint(), Offence.FORGED);
    }

    @Override
    public void failed(Throwable reason) {
      fail(reason);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    closing = true;
    hub.shutdownNow();
    deliberation.close();
    links.close();
    catchUp.close();
    loop.close();
    signLog.close();
    attestations.close();
    blocks.close();
  }
}
