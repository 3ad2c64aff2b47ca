package dev.qudag.node.hub;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.ProposalName;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Printable;
import dev.qudag.merge.Refusal;
import dev.qudag.merge.git.BundleImporter;
import dev.qudag.merge.git.process.GitException;
import dev.qudag.node.disk.VolumeReserve;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.HubWorkspace;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.node.hub.book.Room;
import dev.qudag.node.hub.book.Wishes;
import dev.qudag.node.hub.book.WorkspaceBook;
import dev.qudag.node.hub.custody.Custody;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.repository.Rescues;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.proto.SubmitHeader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes commits from workspaces. What was accepted is on disk: objects, ref and journal; and a
 * proposal is on the disks of f + 1 validators as well.
 */
final class Submissions {
  /**
   * How far a workspace's clock may be ahead of the hub's. What a statement says becomes the time
   * of a commit on the branch. The hub alone judges it: validators with different clocks would vote
   * differently.
   */
  static final Duration MOST_AHEAD = Duration.ofMinutes(10);

  private final Digest chainId;
  private final HubRepository repository;
  private final ProposalBook proposals;
  private final WorkspaceBook workspaces;
  private final Custody custody;
  private final BundleImporter importer;
  private final Rescues rescues;
  private final long maxBundleBytes;
  private final Room room;
  private final VolumeReserve reserve;
  private final InstantSource clock;

  Submissions(
      Genesis genesis,
      HubRepository repository,
      ProposalBook proposals,
      WorkspaceBook workspaces,
      Custody custody,
      long maxBundleBytes,
      Room room,
      VolumeReserve reserve,
      InstantSource clock) {
    this.chainId = genesis.chainId();
    this.repository = repository;
    this.proposals = proposals;
    this.workspaces = workspaces;
    this.custody = custody;
    this.importer = BundleImporter.refusingLfs(repository.git());
    this.rescues = repository.rescues(clock);
    this.maxBundleBytes = maxBundleBytes;
    this.room = room;
    this.reserve = reserve;
    this.clock = clock;
  }

  /**
   * Judges a submission by its header, before a byte of the bundle is taken.
   *
   * @throws RefusedException when it cannot come in
   */
  HubProposal.Submission admit(SubmitHeader header, SignedGrant grant) {
    if (header.getSize() < 0 || header.getSize() > maxBundleBytes) {
      throw new RefusedException(
          "TooLarge",
          "a bundle of "
              + Long.toUnsignedString(header.getSize())
              + " bytes, at most "
              + maxBundleBytes);
    }
    AuthorStatement statement = statement(header);
    var signature = Bytes.of(header.getSignature().toByteArray());
    WorkspaceGrant workspace = grant.grant();
    if (!statement.chainId().equals(chainId)
        || !statement.workspaceUid().equals(workspace.workspaceUid())
        || !statement.workspaceName().equals(workspace.workspaceName())
        || !workspace.signingKey().verify(statement.encode(), signature)) {
      throw new RefusedException(
          "BadStatement", "the statement is not this workspace's, or not signed by its key");
    }
    Instant said = Instant.ofEpochMilli(statement.timeMillis());
    Instant now = clock.instant();
    if (said.isAfter(now.plus(MOST_AHEAD))) {
      throw new RefusedException(
          "BadStatement",
          "the statement is of %s, and here it is %s: set the clock of the workspace's node"
              .formatted(said, now));
    }
    if (!statement.branch().equals(repository.branch().full())) {
      throw new RefusedException(
          "UnknownBranch",
          "the branch is " + repository.branch().full() + ", not " + statement.branch());
    }
    if (!header.getCandidate() && proposals.isWithdrawn(statement.proposal())) {
      throw new RefusedException("Withdrawn", statement.proposal() + " was withdrawn and stays so");
    }
    if (!header.getCandidate()) {
      refuseWhenFull(statement, wishes(header).stacks(), now);
    }
    refuseWithoutRoom(header);
    return new HubProposal.Submission(statement, signature, grant);
  }

  /**
   * A bundle is stored as it comes, and again as objects. The last snapshot of an agent may take
   * from the reserve: nobody can try again with it.
   */
  private void refuseWithoutRoom(SubmitHeader header) {
    long needed = 2 * header.getSize();
    Optional<String> lacking =
        header.getCandidate() ? reserve.lackingForTheLast(needed) : reserve.lacking(needed);
    if (lacking.isPresent()) {
      throw new RefusedException(VolumeReserve.REASON, noRoom(lacking.get()));
    }
  }

  private static String noRoom(String lacking) {
    return "at the hub "
        + lacking
        + ": have the hub's PersistentVolumeClaim enlarged; the change stays in the workspace, propose it again then";
  }

  /**
   * What becomes of a submission during which the hub failed: refused where its volume is full, or
   * git does not get through it.
   *
   * @return empty when the fault is another one
   */
  Optional<RefusedException> refusalOf(Exception fault) {
    if (reserve.isInUse() || isForWantOfRoom(fault)) {
      String lacking =
          "the volume has %d bytes free, and %d are kept for what was accepted before"
              .formatted(reserve.free(), reserve.bytes());
      return Optional.of(new RefusedException(VolumeReserve.REASON, noRoom(lacking)));
    }
    return fault instanceof GitException
        ? Optional.of(
            new RefusedException(
                Refusal.Reason.BadBundle.name(),
                "git does not get through it: " + Printable.of(String.valueOf(fault.getMessage()))))
        : Optional.empty();
  }

  private static boolean isForWantOfRoom(Throwable fault) {
    return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("No space left on device"));
  }

  /** Of what an agent brings, who can try again; a candidate that a person proposes comes in. */
  private void refuseWhenFull(AuthorStatement statement, boolean stacks, Instant now) {
    if (stacks
        && proposals.find(statement.proposal()).isEmpty()
        && proposals.stackOf(statement).size() >= Room.DEEPEST_STACK) {
      throw new RefusedException(
          "StackTooDeep",
          "%d proposals of this workspace wait for one another: try again when one has ended"
              .formatted(Room.DEEPEST_STACK));
    }
    room.fullFor(proposals.all(), statement, stacks, now)
        .ifPresent(
            wait -> {
              throw new RefusedException(
                  "QueueFull",
                  "%d proposals wait for the branch, and no more are taken: try again in %d min; the change stays in the workspace"
                      .formatted(room.most(), Math.ceilDiv(wait.toSeconds(), 60)));
            });
  }

  private static Wishes wishes(SubmitHeader header) {
    try {
      return new Wishes(header.getStack(), header.getPriority());
    } catch (IllegalArgumentException e) {
      throw new RefusedException("BadPriority", String.valueOf(e.getMessage()));
    }
  }

  private static AuthorStatement statement(SubmitHeader header) {
    try {
      return AuthorStatement.decode(header.getStatement().toByteArray());
    } catch (IllegalArgumentException e) {
      throw new RefusedException("BadStatement", String.valueOf(e.getMessage()));
    }
  }

  /**
   * Takes the objects, then the proposal or candidate; the proposal's name. Of a proposal, it
   * returns when validators hold it too; a second time it is the one that is here.
   *
   * @throws io.grpc.StatusRuntimeException UNAVAILABLE, when they do not in time: the proposal
   *     stays, and is given to them all the same
   */
  String take(HubProposal.Submission submission, SubmitHeader header, Optional<Path> bundle) {
    AuthorStatement statement = submission.statement();
    var commit = ObjectId.of(statement.commit());
    if (bundle.isPresent()) {
      if (importer.importBundle(bundle.get(), commit)
          instanceof BundleImporter.Result.Refused(var refusal)) {
        throw new RefusedException(refusal.reason().name(), refusal.message());
      }
    } else if (!repository.git().hasCommit(commit)) {
      throw new RefusedException(
          "UnknownRevision", "the hub does not hold " + commit + " and no bundle came");
    }
    CrashPoint.reached("hub-after-bundle-stored");
    if (header.getCandidate()) {
      keepCandidate(submission, commit);
    } else {
      propose(submission, commit, wishes(header));
    }
    if (!header.getPodUid().isEmpty()) {
      workspaces.update(
          statement.workspaceUid(),
          statement.workspaceName(),
          workspace -> workspace.handedOver(header.getPodUid()));
    }
    CrashPoint.reached("hub-after-submit-fsync");
    if (!header.getCandidate()) {
      custody.awaitAll(statement.workspaceUid(), Custody.PATIENCE);
      CrashPoint.reached("hub-after-custody");
    }
    return statement.proposal();
  }

  private void propose(HubProposal.Submission submission, ObjectId commit, Wishes wishes) {
    AuthorStatement statement = submission.statement();
    if (isOnBranch(commit) && proposals.find(statement.proposal()).isEmpty()) {
      throw new RefusedException("NothingToMerge", "the branch holds " + commit + " already");
    }
    repository.keepProposal(statement);
    proposals.accept(submission, wishes);
    workspaces.update(
        statement.workspaceUid(),
        statement.workspaceName(),
        workspace -> workspace.with(HubWorkspace.Candidate.NONE));
  }

  private void keepCandidate(HubProposal.Submission submission, ObjectId commit) {
    AuthorStatement statement = submission.statement();
    boolean nothingNew = isOnBranch(commit) || proposals.find(statement.proposal()).isPresent();
    if (!nothingNew) {
      repository.keepCandidate(statement, rescues);
    }
    workspaces.update(
        statement.workspaceUid(),
        statement.workspaceName(),
        workspace ->
            workspace.with(
                nothingNew ? HubWorkspace.Candidate.NONE : HubWorkspace.Candidate.of(submission)));
  }

  private boolean isOnBranch(ObjectId commit) {
    return repository.git().isAncestor(commit, repository.head());
  }

  /** Makes a proposal of a workspace's candidate, on a person's word. */
  void proposeCandidate(String name, String workspaceUid, String commit, String branch) {
    if (!name.equals(ProposalName.of(workspaceUid, commit, branch))) {
      throw new RefusedException(
          "WrongName",
          "a proposal of "
              + commit
              + " must be named "
              + ProposalName.of(workspaceUid, commit, branch));
    }
    if (!branch.equals(repository.branch().full())) {
      throw new RefusedException(
          "UnknownBranch", "the branch is " + repository.branch().full() + ", not " + branch);
    }
    if (proposals.isWithdrawn(name)) {
      throw new RefusedException("Withdrawn", name + " was withdrawn and stays so");
    }
    if (proposals.find(name).isEmpty()) {
      propose(candidate(name, workspaceUid, commit), ObjectId.of(commit), Wishes.NONE);
    }
    custody.awaitAll(workspaceUid, Custody.OPERATORS_PATIENCE);
  }

  private HubProposal.Submission candidate(String name, String workspaceUid, String commit) {
    return workspaces
        .find(workspaceUid)
        .flatMap(workspace -> workspace.candidate().submission())
        .filter(submission -> submission.statement().proposal().equals(name))
        .orElseThrow(
            () ->
                new RefusedException(
                    "UnknownRevision",
                    "the hub holds no candidate " + commit + " of " + workspaceUid));
  }
}
