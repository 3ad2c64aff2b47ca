package dev.qudag.node.validator.objects;

import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.disk.VolumeReserve;
import dev.qudag.node.net.Callers;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.node.objects.Housekeeping;
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
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The objects of one validator: where it gets them, what it keeps, whom it gives them. */
public final class ValidatorObjects implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Genesis genesis;
  private final GitRepository repository;
  private final VolumeReserve reserve;
  private final PinnedChannels links;
  private final Function<String, String> address;
  private final ObjectFetcher hub;
  private final HistoryKeeper history;
  private final Housekeeping housekeeping;

  /** The hub, then the members that are followed, each with its channel. */
  private final Map<Contact, Way> ways = new LinkedHashMap<>();

  private List<Contact> followed = List.of();
  private boolean started;

  /** Where objects come from, whichever key it signs with. */
  private record Contact(String name, Digest tlsKey) {}

  private record Way(ManagedChannel channel, ObjectSources.Source source) {}

  /** The final chain, by height from 1. */
  @FunctionalInterface
  public interface Chain {
    BlockPayload payload(long height) throws IOException;
  }

  /**
   * @param address {@code host:port} of hub and members by their name
   */
  public ValidatorObjects(
      Genesis genesis, Path data, PinnedChannels links, Function<String, String> address) {
    this.genesis = genesis;
    this.repository =
        GitRepository.openOrInit(data.resolve("objects.git"), RefName.of(genesis.branch()));
    this.reserve = VolumeReserve.of(data);
    this.links = links;
    this.address = address;
    this.hub =
        open(new Contact(genesis.hub().name(), genesis.hub().tlsFingerprint())).source().objects();
    this.history = new HistoryKeeper(this::require, PAUSE);
    this.housekeeping = new Housekeeping(repository, Housekeeping.PACE);
    repository.files().clearLeftovers();
  }

  /** Of the volume: while it is in use no new objects are taken, and nothing new is judged. */
  public VolumeReserve reserve() {
    return reserve;
  }

  public GitRepository repository() {
    return repository;
  }

  /** Where a decision's objects come from. */
  public ObjectFetcher hub() {
    return hub;
  }

  /**
   * Gives the objects to the hub and to the other validators.
   *
   * @param isMember whether a TLS key is a validator's, in whichever epoch the chain is
   */
  public ServerServiceDefinition service(Predicate<Digest> isMember) {
    return new ObjectStoreService(
            repository,
            new Callers(
                "hub and validators of the epoch",
                isMember.or(genesis.hub().tlsFingerprint()::equals)))
        .guarded();
  }

  /** Asks these validators from now on, and the hub. */
  public synchronized void follow(List<Member> members) {
    List<Contact> wanted =
        members.stream()
            .map(member -> new Contact(member.name(), member.tlsFingerprint()))
            .distinct()
            .toList();
    for (Contact gone : followed) {
      if (!wanted.contains(gone)) {
        Optional.ofNullable(ways.remove(gone)).ifPresent(way -> way.channel().shutdownNow());
      }
    }
    for (Contact contact : wanted) {
      if (!followed.contains(contact)) {
        var unused = open(contact);
      }
    }
    followed = wanted;
  }

  private synchronized Way open(Contact contact) {
    ManagedChannel channel = links.to(address.apply(contact.name()), contact.tlsKey());
    var way =
        new Way(
            channel,
            new ObjectSources.Source(
                contact.name(), new ObjectFetcher(channel, repository, Optional.of(reserve))));
    ways.put(contact, way);
    return way;
  }

  private void require(ObjectId commit, List<ObjectId> haves) throws IOException {
    new ObjectSources(sources()).require(commit, haves);
  }

  private synchronized List<ObjectSources.Source> sources() {
    return ways.values().stream().map(Way::source).toList();
  }

  /**
   * Starts to keep what lands, and first what landed last and is not here. A commit that is here
   * has all here that it builds on: the search back ends there, and is none where not even the
   * first one is. A second call does nothing.
   *
   * @param height of the last final block
   */
  public synchronized void start(Chain chain, long height) throws IOException {
    if (started) {
      return;
    }
    started = true;
    var first = ObjectId.of(genesis.head());
    boolean hasSome = hub.has(first);
    Deque<Landed> missing = new ArrayDeque<>();
    boolean complete = false;
    for (long at = height; at > 0 && !complete; at--) {
      for (Landed landed : landed(chain.payload(at)).reversed()) {
        complete |= hasSome && hub.has(landed.commit());
        if (!complete) {
          missing.addFirst(landed);
        }
      }
    }
    if (!hasSome) {
      missing.addFirst(new Landed(first, List.of()));
    }
    history.keep(List.copyOf(missing));
    history.start();
    housekeeping.start();
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
    shutDownChannels();
    housekeeping.close();
    history.close();
  }

  private synchronized void shutDownChannels() {
    ways.values().forEach(way -> way.channel().shutdownNow());
  }
}
