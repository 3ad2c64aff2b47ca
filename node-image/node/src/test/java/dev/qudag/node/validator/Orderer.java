package dev.qudag.node.validator;

import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.simplex.Event;
import dev.qudag.consensus.simplex.SimplexConfig;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.crypto.Digest;
import dev.qudag.node.identity.NodeStore;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.PeerFrame;
import dev.qudag.transport.limit.Bans;
import dev.qudag.transport.limit.PeerLimits;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The ordering of one validator without what comes before it: its consensus loop, sign-state,
 * streams and disk, with {@link OpaquePayloads} in the place of merges.
 */
final class Orderer implements AutoCloseable {
  /** More than a bench ever has on the way to all peers. */
  private static final long OUTBOX_BYTES = 64L * 1024 * 1024;

  /** Told, on the consensus thread, that this member holds all decisions up to this one final. */
  interface Observer {
    void finalized(int member, long number);
  }

  final AtomicLong signatures = new AtomicLong();
  final AtomicLong verifications = new AtomicLong();
  final AtomicLong frames = new AtomicLong();

  private final int self;
  private final int poolSize;
  private final SignLog signLog;
  private final OpaqueChain chain;
  private final PeerLinks links;
  private final ConsensusLoop<Long> loop;
  private final Observer observer;
  private long handedIn;
  private long ordered;

  Orderer(
      Genesis genesis,
      int self,
      NodeStore store,
      NodeServer server,
      Function<String, String> address,
      OpaquePayloads rules,
      Observer observer)
      throws IOException {
    this.self = self;
    this.poolSize = 2 * rules.mostInBlock();
    this.observer = observer;
    signLog = SignLog.open(store.data(), store.incarnation(), true);
    chain = new OpaqueChain(store.data(), genesis.chainId());
    links =
        new PeerLinks(
            genesis.members().stream().filter(member -> member.index() != self).toList(),
            new PinnedChannels(store.identity()),
            address,
            OUTBOX_BYTES,
            this::connected);
    var watch = new ForgeryWatch(counting(ValidatorSets.of(genesis)));
    SimplexConfig config =
        new SimplexConfig(
            genesis.chainId(),
            genesis.epoch(),
            watch.set(),
            self,
            message -> {
              signatures.incrementAndGet();
              return store.identity().signingKey().sign(message);
            },
            Duration.ofMillis(genesis.viewTimeoutMillis()),
            SimplexConfig.LONGEST_TIMEOUT);
    loop =
        new ConsensusLoop<>(
            config,
            rules,
            watch,
            signLog,
            chain,
            new Outlet(),
            new ValidatorMetrics(new PrometheusRegistry()));
    var bans = new Bans(PeerLimits.VALIDATOR, Clock.systemUTC());
    server.add(new PeersService(key -> member(genesis, key), this::take, bans).bindService());
    loop.start();
  }

  private static Optional<Member> member(Genesis genesis, Digest tlsKey) {
    return genesis.members().stream()
        .filter(member -> member.tlsFingerprint().equals(tlsKey))
        .findFirst();
  }

  private ValidatorSet counting(ValidatorSet set) {
    return new ValidatorSet(
        set.members().stream()
            .map(member -> new ValidatorSet.Member(counting(member.check()), member.weight()))
            .toList());
  }

  private ValidatorSet.SignatureCheck counting(ValidatorSet.SignatureCheck check) {
    return (message, signature) -> {
      verifications.incrementAndGet();
      return check.verify(message, signature);
    };
  }

  void open() {
    links.open();
  }

  boolean isConnected() {
    return links.connected() == links.total();
  }

  /** Lets all decisions up to this one be ordered. */
  synchronized void handIn(long last) {
    handedIn = last;
    offer();
  }

  private void offer() {
    loop.submit(
        new Event.Waiting(
            OpaquePayloads.items(ordered + 1, Math.min(handedIn, ordered + poolSize))));
  }

  private void connected(int peer) {
    loop.submit(new Event.Connected(peer));
  }

  private void take(int peer, PeerFrame frame) throws InterruptedException {
    links.heard(peer);
    frames.incrementAndGet();
    loop.receive(
        peer, Message.ofBytes(frame.getConsensus().toByteArray()), frame.getConsensus().size());
  }

  private final class Outlet implements ConsensusLoop.Outlet<Long> {
    @Override
    public void send(int peer, Message message) {
      links.send(peer, PeerLinks.frame(message));
    }

    @Override
    public void broadcast(Message message) {
      links.broadcast(PeerLinks.frame(message));
    }

    @Override
    public void finalized(FinalBlock block, Long state) {
      observer.finalized(self, state);
      synchronized (Orderer.this) {
        ordered = state;
        offer();
      }
    }

    @Override
    public void catchUp(long fromHeight) {
      throw new IllegalStateException("member " + self + " lost block " + fromHeight);
    }

    @Override
    public void seen(Message message) {}

    @Override
    public void forged(int peer) {
      throw new IllegalStateException("member " + self + " holds a signature of " + peer + " bad");
    }

    @Override
    public void failed(Throwable reason) {
      throw new IllegalStateException("member " + self + " ended", reason);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    links.close();
    loop.close();
    signLog.close();
    chain.close();
  }
}
