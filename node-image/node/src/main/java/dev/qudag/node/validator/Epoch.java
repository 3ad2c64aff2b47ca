package dev.qudag.node.validator;

import dev.qudag.consensus.attestation.dag.DagConfig;
import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.DecisionPayloads;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.evidence.Evidence;
import dev.qudag.consensus.evidence.FinalityWatch;
import dev.qudag.consensus.evidence.Watch;
import dev.qudag.consensus.simplex.Event;
import dev.qudag.consensus.simplex.SimplexConfig;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.node.identity.NodeStore;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.node.validator.attestation.AttestationLoop;
import dev.qudag.node.validator.judge.DecisionJudge;
import dev.qudag.node.validator.pool.DecisionPool;
import dev.qudag.node.validator.pool.DecisionShelf;
import dev.qudag.proto.PeerFrame;
import dev.qudag.transport.limit.Bans;
import dev.qudag.transport.limit.Offence;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One epoch as one of its members takes part in it: what it attests, what it orders, and what waits
 * for that. Members are named by their place in the epoch's set. It begins on the last block that
 * is final, and ends with the seal.
 */
final class Epoch implements AutoCloseable {
  /**
   * What outlives an epoch.
   *
   * @param heap bytes that the JVM may use at most
   * @param address {@code host:port} of a member by its name
   * @param onEvidence told of what shows that a member lied
   * @param onViolation told of a finalization that the final chain excludes
   * @param onFinal told of each final block, once it is stored, by the thread that stored it
   */
  record Ground(
      Genesis genesis,
      NodeStore store,
      BlockStore blocks,
      DecisionJudge judge,
      DecisionShelf shelf,
      long heap,
      PeerLinks links,
      PinnedChannels channels,
      Function<String, String> address,
      Bans bans,
      ValidatorMetrics metrics,
      Consumer<Evidence> onEvidence,
      Consumer<Certificate> onViolation,
      Consumer<FinalBlock> onFinal,
      Consumer<Throwable> onFailure) {}

  private final Ground ground;
  private final MemberSet set;
  private final int self;
  private final EpochLogs logs;
  private final HeapBudget budget;
  private final Post post;
  private final Watch watch;
  private final FinalityWatch finalities;
  private final CatchUp catchUp;
  private final DecisionPool pool;
  private final DecisionExchange exchange;
  private final ConsensusLoop<ChainState> loop;
  private final AttestationLoop attestations;
  private final Deliberation deliberation;
  private final IncomingFrames frames;

  /**
   * @param self this validator's place in the set
   */
  Epoch(Ground ground, MemberSet set, int self, EpochLogs logs) {
    this.ground = ground;
    this.set = set;
    this.self = self;
    this.logs = logs;
    this.budget = new HeapBudget(ground.heap(), set.members().size());
    this.post = new Post(set, ground.links());
    this.watch = new Watch(ground.genesis().chainId(), set);
    this.finalities =
        new FinalityWatch(ground.genesis().chainId(), set.epoch(), ValidatorSets.of(set));
    this.catchUp =
        new CatchUp(set.without(self), ground.channels(), ground.address(), this::submit);
    this.pool = new DecisionPool(set, budget.pool());
    this.exchange = new DecisionExchange(pool, self);
    var signatures = new ForgeryWatch(ValidatorSets.of(set));
    this.loop =
        new ConsensusLoop<>(
            config(signatures.set()),
            new DecisionPayloads(),
            signatures,
            logs.signLog(),
            ground.blocks(),
            new Outlet(),
            ground.metrics());
    this.attestations =
        new AttestationLoop(
            dagConfig(),
            logs.attestations(),
            new AttestationOutlet(
                post,
                this::deliberation,
                ground.onEvidence(),
                ground.bans(),
                ground.metrics(),
                ground.onFailure()));
    this.deliberation =
        new Deliberation(
            ground.genesis().chainId(),
            self,
            pool,
            ground.shelf(),
            ground.judge(),
            attestations,
            ground.blocks()::isPast,
            ground.links()::broadcast,
            this::submit,
            ground.metrics());
    this.frames =
        new IncomingFrames(
            ground.genesis().chainId(),
            set,
            ground.links(),
            loop,
            attestations,
            deliberation,
            exchange,
            ground.onFailure());
  }

  private SimplexConfig config(ValidatorSet validators) {
    return new SimplexConfig(
        ground.genesis().chainId(),
        set.epoch(),
        validators,
        self,
        ground.store().identity().signingKey()::sign,
        Duration.ofMillis(ground.genesis().viewTimeoutMillis()),
        SimplexConfig.LONGEST_TIMEOUT);
  }

  private DagConfig dagConfig() {
    return new DagConfig(
        ground.genesis().chainId(),
        set.epoch(),
        ValidatorSets.of(set),
        self,
        ground.store().identity().signingKey()::sign,
        budget.words());
  }

  /**
   * Starts to take part. What was under way and what was said of it are back before a block can
   * become final, which lets what waited for it be judged.
   */
  void start() throws IOException {
    ground.links().share(budget.outboxes());
    deliberation.restore();
    attestations.start();
    loop.start();
    deliberation.resume();
    ground.metrics().epoch(set.epoch());
  }

  MemberSet set() {
    return set;
  }

  Deliberation deliberation() {
    return deliberation;
  }

  DecisionPool pool() {
    return pool;
  }

  long view() {
    return loop.view();
  }

  /** The weight of this member and of those to which a stream is open. */
  long weightInReach() {
    long others =
        ground.links().connectedPeers().stream()
            .flatMap(index -> set.withIndex(index).stream())
            .mapToLong(member -> member.weight())
            .sum();
    return others + set.members().get(self).weight();
  }

  /** Takes a frame of the member that has an index; of one that is not in the set, nothing. */
  void take(int index, PeerFrame frame) throws InterruptedException {
    frames.take(index, frame);
  }

  /** A stream to the member that has an index was opened, or opened anew. */
  void connected(int index) {
    set.placeOf(index)
        .ifPresent(
            place -> {
              submit(new Event.Connected(place));
              attestations.connected(place);
              exchange.greeting().forEach(frame -> ground.links().send(index, frame));
            });
  }

  /** Others are ahead: gets the blocks that are missing here. */
  void catchUp() {
    catchUp.from(ground.blocks().height() + 1);
  }

  private void submit(Event event) {
    loop.submit(event);
  }

  private final class Outlet implements ConsensusLoop.Outlet<ChainState> {
    @Override
    public void send(int place, Message message) {
      post.send(place, message);
    }

    @Override
    public void broadcast(Message message) {
      post.broadcast(message);
    }

    @Override
    public void finalized(FinalBlock block, ChainState state) {
      watch.forgetUpTo(block.block().header().view());
      finalities.finalized(block.block().header());
      deliberation.finalized(block);
      ground.onFinal().accept(block);
    }

    @Override
    public void catchUp(long fromHeight) {
      catchUp.from(fromHeight);
    }

    @Override
    public void seen(Message message) {
      watch.observe(message).forEach(ground.onEvidence());
      finalities.observe(message).ifPresent(ground.onViolation());
    }

    @Override
    public void forged(int place) {
      var ignored = ground.bans().accuse(set.members().get(place).tlsFingerprint(), Offence.FORGED);
    }

    @Override
    public void failed(Throwable reason) {
      ground.onFailure().accept(reason);
    }
  }

  /** Returns when nothing of this epoch writes any more. */
  @Override
  public void close() throws IOException, InterruptedException {
    deliberation.close();
    catchUp.close();
    loop.close();
    logs.signLog().close();
    attestations.close();
  }
}
