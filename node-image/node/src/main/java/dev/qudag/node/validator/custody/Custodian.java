package dev.qudag.node.validator.custody;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.custody.SignedCustody;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.Refusal;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.node.objects.ObjectFetcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps the hub's proposals: verifies what others signed, fetches the objects, and has both on the
 * disk before it says so.
 */
public final class Custodian {
  private final Genesis genesis;
  private final GitRepository repository;
  private final ObjectFetcher hub;
  private final Supplier<Optional<String>> head;
  private final CustodyLimits limits;
  private final CustodyShelf shelf;
  private final ReentrantLock taking = new ReentrantLock();

  /** Why a record is not kept. */
  public record Refused(String reason, String message) {}

  /**
   * @param hub where the objects come from
   * @param head of the branch, as far as this validator knows
   */
  public Custodian(
      Genesis genesis,
      Path data,
      GitRepository repository,
      ObjectFetcher hub,
      Supplier<Optional<String>> head,
      CustodyLimits limits)
      throws IOException {
    this.genesis = genesis;
    this.repository = repository;
    this.hub = hub;
    this.head = head;
    this.limits = limits;
    this.shelf = CustodyShelf.open(data);
  }

  /** All that is kept. */
  public List<Holding> holdings() {
    return shelf.all();
  }

  /**
   * Has the record on the disk, and the objects of a proposal, when this returns empty.
   *
   * @throws io.grpc.StatusRuntimeException when the hub does not hand the objects out
   */
  public Optional<Refused> keep(SignedCustody offered) throws IOException {
    if (!offered.isOf(genesis.chainId(), genesis.hub().signingKey())) {
      return refused("BadRecord", "the record is not of this chain, or not signed by its hub");
    }
    int size = offered.record().encode().length;
    if (size > CustodyLimits.RECORD_BYTES) {
      return refused(
          "BadRecord",
          "the record has %d bytes, at most %d".formatted(size, CustodyLimits.RECORD_BYTES));
    }
    taking.lock();
    try {
      Optional<Holding> known = shelf.find(offered.record().proposal());
      if (known.filter(held -> held.record().equals(offered.record())).isPresent()) {
        return Optional.empty();
      }
      return switch (offered.record()) {
        case CustodyRecord.Ended ended -> end(offered, ended, known);
        case CustodyRecord.Kept kept -> keep(offered, kept, known);
      };
    } finally {
      taking.unlock();
    }
  }

  private Optional<Refused> end(
      SignedCustody offered, CustodyRecord.Ended ended, Optional<Holding> known)
      throws IOException {
    Optional<String> full =
        known.isPresent() ? Optional.empty() : limits.refusal(shelf.all(), ended);
    if (full.isPresent()) {
      return refused("CustodyFull", full.get());
    }
    shelf.put(new Holding(offered, 0));
    forgetObjects(known);
    return Optional.empty();
  }

  private Optional<Refused> keep(
      SignedCustody offered, CustodyRecord.Kept kept, Optional<Holding> known) throws IOException {
    if (known.filter(held -> held.record() instanceof CustodyRecord.Ended).isPresent()) {
      return refused("Ended", kept.proposal() + " has ended, by what this validator keeps");
    }
    if (!isGenuine(kept)) {
      return refused(
          "BadRecord",
          kept.proposal() + " is not by a workspace of this chain, or not signed by its key");
    }
    List<Holding> others =
        shelf.all().stream()
            .filter(held -> !held.record().proposal().equals(kept.proposal()))
            .toList();
    Optional<String> full = limits.refusal(others, kept);
    if (full.isPresent()) {
      return refused("CustodyFull", full.get());
    }
    var allowance = new ObjectFetcher.Allowance(bytesLeft(others, kept));
    try {
      Optional<Refusal> hostile = hub.fetch(ObjectId.of(commit(kept)), haves(), allowance);
      if (hostile.isPresent()) {
        return refused(hostile.get().reason().name(), hostile.get().message());
      }
    } catch (ObjectFetcher.TooManyBytesException e) {
      return refused("CustodyFull", String.valueOf(e.getMessage()));
    }
    keepObjects(kept);
    CrashPoint.reached("validator-after-objects-kept");
    shelf.put(new Holding(offered, known.map(Holding::bytes).orElse(0L) + allowance.taken()));
    CrashPoint.reached("validator-after-record-kept");
    return Optional.empty();
  }

  private long bytesLeft(List<Holding> others, CustodyRecord.Kept kept) {
    return Math.min(limits.bytesLeft(others, kept.workspaceUid()), repository.limits().packBytes());
  }

  /** As validators ask of a decision: the operator granted the key, and the key signed. */
  private boolean isGenuine(CustodyRecord.Kept kept) {
    AuthorStatement statement = kept.author().statement();
    WorkspaceGrant grant = kept.grant().grant();
    return grant.chainId().equals(genesis.chainId())
        && grant.workspaceUid().equals(statement.workspaceUid())
        && statement.branch().equals(genesis.branch())
        && kept.grant().isSignedBy(genesis.operator().signingKey())
        && kept.author().isSignedBy(grant.signingKey());
  }

  private List<ObjectId> haves() {
    List<ObjectId> haves = new ArrayList<>();
    head.get().map(ObjectId::of).ifPresent(haves::add);
    haves.add(ObjectId.of(genesis.head()));
    return haves;
  }

  private static String commit(CustodyRecord.Kept kept) {
    return kept.author().statement().commit();
  }

  private static RefName ref(CustodyRecord.Kept kept) {
    return RefName.of("refs/qudag/custody/" + kept.proposal());
  }

  private void keepObjects(CustodyRecord.Kept kept) {
    ObjectId commit = ObjectId.of(commit(kept));
    ObjectId now = repository.ref(ref(kept)).orElse(ObjectId.ZERO);
    if (!now.equals(commit) && !repository.update(ref(kept), commit, now)) {
      throw new IllegalStateException(ref(kept).full() + " was moved by somebody else");
    }
  }

  private void forgetObjects(Optional<Holding> known) {
    if (known.isPresent() && known.get().record() instanceof CustodyRecord.Kept kept) {
      Optional<ObjectId> commit = repository.ref(ref(kept));
      if (commit.isPresent()) {
        var unused = repository.delete(ref(kept), commit.get());
      }
    }
  }

  /** Forgets what the hub says has landed, or ended long ago. */
  public void drop(Collection<String> proposals) throws IOException {
    taking.lock();
    try {
      for (String proposal : proposals) {
        Optional<Holding> known = shelf.find(proposal);
        if (known.isPresent()) {
          shelf.remove(proposal);
          forgetObjects(known);
        }
      }
    } finally {
      taking.unlock();
    }
  }

  private static Optional<Refused> refused(String reason, String message) {
    return Optional.of(new Refused(reason, message));
  }
}
