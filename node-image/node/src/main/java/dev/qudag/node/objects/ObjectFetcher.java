package dev.qudag.node.objects;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Refusal;
import dev.qudag.merge.git.BundleImporter;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.disk.VolumeReserve;
import dev.qudag.proto.Chunk;
import dev.qudag.proto.FetchRequest;
import dev.qudag.proto.ObjectStoreGrpc;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Gets commits from one node into this node's own repository, as strictly as the hub took them in.
 */
public final class ObjectFetcher {
  private static final long DEADLINE_SECONDS = 120;
  private static final int MOST_KNOWN = 10_000;

  private final ManagedChannel source;
  private final GitRepository repository;
  private final BundleImporter importer;
  private final Optional<VolumeReserve> reserve;

  /**
   * Commits that were found in the repository: git need not be asked again, since nothing is ever
   * deleted there.
   */
  private final Set<ObjectId> known = ConcurrentHashMap.newKeySet();

  public ObjectFetcher(ManagedChannel source, GitRepository repository) {
    this(source, repository, Optional.empty());
  }

  /**
   * @param reserve of the repository's volume: what it has not yet is not taken while that is in
   *     use
   */
  public ObjectFetcher(
      ManagedChannel source, GitRepository repository, Optional<VolumeReserve> reserve) {
    this.source = source;
    this.repository = repository;
    this.importer = new BundleImporter(repository);
    this.reserve = reserve;
  }

  /**
   * Has the commit in the repository when this returns empty; else why it is not taken.
   *
   * @param haves commits that need not be sent again
   * @throws io.grpc.StatusRuntimeException when the source does not answer, or does not hold the
   *     commit
   * @throws dev.qudag.node.disk.VolumeFullException when there is no room for more
   */
  public Optional<Refusal> fetch(ObjectId commit, Collection<ObjectId> haves) throws IOException {
    return fetch(commit, haves, new Allowance(repository.limits().packBytes()));
  }

  /** The same, for no more bytes than are allowed. */
  public Optional<Refusal> fetch(ObjectId commit, Collection<ObjectId> haves, Allowance allowance)
      throws IOException {
    if (has(commit)) {
      return Optional.empty();
    }
    if (reserve.isPresent()) {
      reserve.get().require(0);
    }
    Path bundle = Files.createTempFile(repository.directory(), "fetch-", ".bundle");
    try {
      receive(commit, haves, bundle, allowance);
      return switch (importer.importBundle(bundle, commit)) {
        case BundleImporter.Result.Imported imported -> {
          holds(commit);
          yield Optional.empty();
        }
        case BundleImporter.Result.Refused(Refusal refusal) -> Optional.of(refusal);
      };
    } finally {
      Files.delete(bundle);
    }
  }

  /** Notes that the commit is in the repository, so that nobody asks git for it. */
  public void holds(ObjectId commit) {
    if (known.size() > MOST_KNOWN) {
      known.clear();
    }
    known.add(commit);
  }

  public boolean has(ObjectId commit) {
    boolean found = known.contains(commit) || repository.hasCommit(commit);
    if (found) {
      holds(commit);
    }
    return found;
  }

  private void receive(
      ObjectId commit, Collection<ObjectId> haves, Path bundle, Allowance allowance)
      throws IOException {
    FetchRequest.Builder request = FetchRequest.newBuilder().addWants(commit.hex());
    haves.stream().filter(this::has).map(ObjectId::hex).forEach(request::addHaves);
    Iterator<Chunk> chunks =
        ObjectStoreGrpc.newBlockingStub(source)
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .fetch(request.build());
    try (OutputStream out = Files.newOutputStream(bundle)) {
      while (chunks.hasNext()) {
        byte[] data = chunks.next().getData().toByteArray();
        allowance.take(data.length);
        out.write(data);
      }
    }
  }

  /** How many bytes may come. */
  public static final class Allowance {
    private final long most;
    private long taken;

    /**
     * @param most bytes
     */
    public Allowance(long most) {
      this.most = most;
    }

    private void take(int bytes) throws IOException {
      taken += bytes;
      if (taken > most) {
        throw new TooManyBytesException("the source sends more than " + most + " bytes");
      }
    }

    /** What has come, in bytes. */
    public long taken() {
      return taken;
    }
  }

  /** The source sends more than is allowed. */
  public static final class TooManyBytesException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooManyBytesException(String message) {
      super(message);
    }
  }
}
