package dev.qudag.node.validator;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.evidence.Evidence;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.node.disk.VolumeReserve;
import dev.qudag.node.identity.NodeStore;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.node.validator.custody.Custodian;
import dev.qudag.node.validator.custody.CustodyLimits;
import dev.qudag.node.validator.custody.CustodyService;
import dev.qudag.node.validator.judge.DecisionJudge;
import dev.qudag.node.validator.key.KeyRotation;
import dev.qudag.node.validator.objects.ValidatorObjects;
import dev.qudag.node.validator.pool.Bringer;
import dev.qudag.node.validator.pool.DecisionShelf;
import dev.qudag.proto.ChainStatus;
import dev.qudag.proto.PeerFrame;
import dev.qudag.transport.limit.Bans;
import dev.qudag.transport.limit.Offence;
import dev.qudag.transport.limit.PeerLimits;
import dev.qudag.transport.limit.SteadyClock;
import io.grpc.ServerServiceDefinition;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One validator of a chain: opens what is on the volume, starts the parts and wires them.
 * Everything that it signed is read back before its services are handed out or a stream is opened.
 *
 * <p>It serves, and opens streams to, those alone whom the chain names: members of the set in
 * force, and of the next one once its seal is final.
 */
public final class Validator implements AutoCloseable {
  /**
   * Where a validator stands.
   *
   * @param address {@code host:port} of hub and members by their name
   * @param heap bytes that the JVM may use at most
   * @param restart ends the process, for the next one to sign with another key
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
      Runnable restart,
      Runnable onFailure) {}

  private final Genesis genesis;
  private final NodeStore store;
  private final BlockStore blocks;
  private final ValidatorObjects objects;
  private final Custodian custodian;
  private final PeerLinks links;
  private final DecisionJudge judge;
  private final Prosecution prosecution;
  private final KeyRotation rotation;
  private final Epochs epochs;
  private final ValidatorMetrics metrics;
  private final SignLog signLog;
  private final Bans bans = new Bans(PeerLimits.VALIDATOR, SteadyClock.system());
  private final Runnable restart;
  private final Runnable onFailure;
  private volatile boolean closing;

  private Validator(Surroundings around) throws IOException {
    this.genesis = around.genesis();
    this.store = around.store();
    this.restart = around.restart();
    this.onFailure = around.onFailure();
    this.signLog = around.signLog();
    Standstill.requireNone(store.data());
    this.metrics = new ValidatorMetrics(around.metrics());
    BanMetrics.register(bans, around.metrics());
    this.blocks = BlockStore.open(store.data(), genesis);
    this.objects = new ValidatorObjects(genesis, store.data(), around.channels(), around.address());
    this.custodian =
        new Custodian(
            genesis,
            store.data(),
            objects.repository(),
            objects.hub(),
            () -> blocks.state().head(genesis.branch()),
            CustodyLimits.STANDARD);
    var budget = new HeapBudget(around.heap(), blocks.state().set().members().size());
    this.links =
        new PeerLinks(
            List.of(), around.channels(), around.address(), budget.outboxes(), this::connected);
    this.prosecution = new Prosecution(store.data(), blocks, links::broadcast, metrics);
    this.rotation = new KeyRotation(store, blocks::state);
    var sets = new SetJudge(prosecution, blocks::state, blocks::setOf, around.heap());
    this.judge = new DecisionJudge(blocks, objects.repository(), objects.hub(), sets::judge);
    this.epochs =
        new Epochs(
            new Epoch.Ground(
                genesis,
                store,
                blocks,
                judge,
                new DecisionShelf(store.data()),
                around.heap(),
                links,
                around.channels(),
                around.address(),
                bans,
                metrics,
                this::found,
                this::violated,
                this::blockIsFinal,
                this::fail),
            signLog,
            this::turned);
    metrics.height(blocks.height());
  }

  private VerifyingKey ownKey() {
    return store.identity().verifyingKey();
  }

  private Optional<Member> member(Digest tlsKey) {
    return blocks.members().stream()
        .filter(member -> member.tlsFingerprint().equals(tlsKey))
        .findFirst();
  }

  /** Starts to take part. */
  public static Validator start(Surroundings around) throws IOException {
    Validator validator = new Validator(around);
    validator.epochs.start();
    validator.turned();
    validator.links.open();
    return validator;
  }

  /** What this validator serves. */
  public List<ServerServiceDefinition> services() {
    return List.of(
        new PeersService(this::member, this::take, bans).bindService(),
        new ChainService(genesis, epochs::runningAfterTurn, blocks, this::position, this::member)
            .guarded(),
        objects.service(key -> member(key).isPresent()),
        new CustodyService(custodian, genesis.hub().tlsFingerprint()::equals).guarded());
  }

  public long height() {
    return blocks.height();
  }

  /** What the chain has led to here. */
  ChainState state() {
    return blocks.state();
  }

  /**
   * What is missing before this validator is of use: empty when it reaches a quorum. Who has no
   * part in the set lacks nothing.
   */
  public String wanting() {
    return epochs.running().map(this::wanting).orElseGet(this::wantingOutside);
  }

  private String wantingOutside() {
    return switch (blocks.standing(ownKey())) {
      case MEMBER -> "takes part in no epoch: between two";
      case FORMER_MEMBER, NEVER_NAMED -> "";
    };
  }

  private String wanting(Epoch epoch) {
    long weight = epoch.weightInReach();
    return weight >= epoch.set().quorum()
        ? ""
        : "%d of %d validators connected, weight %d of %d needed"
            .formatted(links.connected() + 1, links.total() + 1, weight, epoch.set().quorum());
  }

  private ChainStatus position() {
    var status = ChainStatus.newBuilder();
    objects
        .reserve()
        .lacking(0)
        .ifPresent(
            why ->
                status
                    .setAbstainingReason(VolumeReserve.REASON)
                    .setAbstainingMessage(
                        why
                            + ". Nothing new is judged until there is more: enlarge its PersistentVolumeClaim"));
    return status
        .setView(epochs.running().map(Epoch::view).orElse(0L))
        .setPeersConnected(links.connected())
        .setPeersTotal(links.total())
        .setEngineDigest(judge.engine().hex())
        .build();
  }

  private void blockIsFinal(FinalBlock block) {
    metrics.height(block.height());
    objects.keep(block.payload());
    epochs.blockIsFinal();
    takeNextKey();
  }

  /** The set has changed, or has not for a while. */
  private void turned() {
    if (blocks.standing(ownKey()) == BlockStore.Standing.MEMBER) {
      keepHistory();
    }
    takeNextKey();
    submitOwn();
  }

  private void keepHistory() {
    try {
      objects.follow(blocks.membersBut(ownKey()));
      objects.start(height -> blocks.block(height).payload(), blocks.height());
    } catch (IOException e) {
      fail(e);
    }
  }

  private void connected(int index) {
    metrics.peers(links.connected());
    epochs.connected(index);
    prosecution.greet(frame -> links.send(index, frame));
  }

  private void take(int index, PeerFrame frame) throws InterruptedException {
    links.heard(index);
    switch (frame.getFrameCase()) {
      case CONSENSUS, ATTESTATION -> epochs.takeMessage(index, frame);
      case DECISION, DECISIONS_HELD, DECISIONS_WANTED -> epochs.takeDecisions(index, frame);
      case READY -> {
        epochs.takeWord(index, frame.getReady());
        if (!frame.getReady().getAnswer()) {
          prosecution.greet(held -> links.send(index, held));
        }
      }
      case EVIDENCE -> told(index, Evidence.decode(frame.getEvidence().toByteArray()));
      case FRAME_NOT_SET -> {}
    }
  }

  // ---- another key

  /** What the chain decided is on the disk before the old key is given up. */
  private void takeNextKey() {
    if (rotation.isDecided()) {
      try {
        blocks.sync();
        store.turnToNextIdentity();
        restart.run();
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  // ---- evidence

  /** This validator found it. */
  private void found(Evidence evidence) {
    try {
      if (prosecution.take(evidence) == Prosecution.Finding.NEWS) {
        evidenceCame();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  /** A peer found it, or says so. */
  private void told(int index, Evidence evidence) {
    try {
      switch (prosecution.take(evidence)) {
        case NEWS -> evidenceCame();
        case NO_NEWS, TOO_EARLY -> {}
        case FORGED ->
            blocks.members().stream()
                .filter(member -> member.index() == index)
                .map(Member::tlsFingerprint)
                .forEach(this::accuseOfForgery);
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  /** What rests on it can be judged now. */
  private void evidenceCame() {
    epochs.running().map(Epoch::deliberation).ifPresent(Deliberation::moreIsKnown);
    submitOwn();
  }

  private void accuseOfForgery(Digest tlsKey) {
    var ignored = bans.accuse(tlsKey, Offence.FORGED);
  }

  /**
   * Submits removals and the wish for another key, as if the swarm did: that there is no room now
   * is not their end.
   */
  private void submitOwn() {
    Optional<Epoch> epoch = epochs.running();
    if (epoch.isPresent()) {
      try {
        List<Decision> own = new ArrayList<>(prosecution.removals());
        rotation.proposal().ifPresent(own::add);
        for (Decision decision : own) {
          var ignored = epoch.get().deliberation().submit(decision, new Bringer.Swarm());
        }
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  private void violated(Certificate excluded) {
    try {
      fail(new IllegalStateException(Standstill.found(store.data(), excluded)));
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(Throwable reason) {
    if (closing) {
      return; // The files are closed already.
    }
    System.getLogger(Validator.class.getName())
        .log(System.Logger.Level.ERROR, "cannot go on: " + reason.getMessage(), reason);
    onFailure.run();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    closing = true;
    objects.close();
    links.close();
    epochs.close();
    signLog.close();
    blocks.close();
  }
}
