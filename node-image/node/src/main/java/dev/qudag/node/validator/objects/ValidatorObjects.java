package dev.qudag.node.validator.objects;

import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.net.Callers;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.node.objects.ObjectFetcher;
import dev.qudag.node.objects.ObjectSources;
import dev.qudag.node.objects.ObjectStoreService;
import dev.qudag.node.validator.objects.HistoryKeeper.Landed;
import io.grpc.ManagedChannel;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The objects of one validator: where it gets them, what it keeps, whom it gives them. */
public final class ValidatorObjects implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Genesis genesis;
  private final GitRepository repository;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final ObjectFetcher hub;
  private final HistoryKeeper history;

  /** The final chain, by height from 1. */
  @FunctionalInterface
  public interface Chain {
    BlockPayload payload(long height) throws IOException;
  }

  /**
   * @param self this validator's key
   * @param address {@code host:port} of hub and members by their name
   */
  public ValidatorObjects(
      Genesis genesis,
      VerifyingKey self,
      Path data,
      PinnedChannels links,
      Function<String, String> address) {
    this.genesis = genesis;
    this.repository =
        GitRepository.openOrInit(data.resolve("objects.git"), RefName.of(genesis.branch()));
    this.hub = fetcher(links, address.apply(genesis.hub().name()), genesis.hub().tlsFingerprint());
    List<ObjectSources.Source> sources = new ArrayList<>();
    sources.add(new ObjectSources.Source(genesis.hub().name(), hub));
    for (Member other : genesis.members()) {
      if (!other.signingKey().equals(self)) {
        sources.add(
            new ObjectSources.Source(
                other.name(), fetcher(links, address.apply(other.name()), other.tlsFingerprint())));
      }
    }
    this.history = new HistoryKeeper(new ObjectSources(sources), PAUSE);
  }

  private ObjectFetcher fetcher(PinnedChannels links, String address, Digest key) {
    ManagedChannel channel = links.to(address, key);
    channels.add(channel);
    return new ObjectFetcher(channel, repository);
  }

  public GitRepository repository() {
    return repository;
  }

  /** Where a decision's objects come from. */
  public ObjectFetcher hub() {
    return hub;
  }

  /** Gives the objects to the hub and to the other validators. */
  public ServerServiceDefinition service() {
    Set<Digest> callers =
        Stream.concat(
                Stream.of(genesis.hub().tlsFingerprint()),
                genesis.members().stream().map(Member::tlsFingerprint))
            .collect(Collectors.toUnmodifiableSet());
    return new ObjectStoreService(
            repository, new Callers("hub and validators of the genesis", callers::contains))
        .guarded();
  }

  /**
   * Starts to keep what lands, and first what landed last and is not here. A commit that is here
   * has all here that it builds on: the search back ends there.
   *
   * @param height of the last final block
   */
  public void start(Chain chain, long height) throws IOException {
    Deque<Landed> missing = new ArrayDeque<>();
    boolean complete = false;
    for (long at = height; at > 0 && !complete; at--) {
      for (Landed landed : landed(chain.payload(at)).reversed()) {
        complete |= hub.has(landed.commit());
        if (!complete) {
          missing.addFirst(landed);
        }
      }
    }
    var first = ObjectId.of(genesis.head());
    if (!complete && !hub.has(first)) {
      missing.addFirst(new Landed(first, List.of()));
    }
    history.keep(List.copyOf(missing));
    history.start();
  }

  /** Keeps what a new final block lands. */
  public void keep(BlockPayload payload) {
    history.keep(landed(payload));
  }

  private static List<Landed> landed(BlockPayload payload) {
    return payload.decisions().stream()
        .flatMap(
            ordered ->
                ordered.decision() instanceof LandingDecision landing
                    ? Stream.of(
                        new Landed(
                            ObjectId.of(landing.commit()), List.of(ObjectId.of(landing.base()))))
                    : Stream.empty())
        .toList();
  }

  @Override
  public void close() throws InterruptedException {
    channels.forEach(ManagedChannel::shutdownNow);
    history.close();
  }
}
