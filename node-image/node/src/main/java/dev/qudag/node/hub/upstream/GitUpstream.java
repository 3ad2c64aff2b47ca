package dev.qudag.node.hub.upstream;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.node.hub.landing.Upstream;
import dev.qudag.node.hub.repository.HubRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Upstream by git. What fails is tried again later and later; in between it is answered as it was
 * last, and nobody is asked.
 */
public final class GitUpstream implements Upstream {
  private static final RefName NOTES = RefName.of("refs/notes/qudag");

  private final RemoteGit remote;
  private final HubRepository repository;
  private final Intake intake;
  private final InstantSource clock;
  private Optional<ObjectId> seen = Optional.empty();
  private Optional<Unfit> unfit = Optional.empty();
  private Trouble trouble = Trouble.NONE;

  /** A commit that was not taken in, and would not be if it came again. */
  private record Unfit(ObjectId commit, String why) {}

  /**
   * @param answer what it said when it last failed
   */
  private record Trouble(Backoff backoff, Optional<Answer> answer) {
    static final Trouble NONE = new Trouble(Backoff.NONE, Optional.empty());

    Trouble and(Answer more, long now) {
      return new Trouble(backoff.failed(now), Optional.of(more));
    }

    /** What is answered without asking. */
    Optional<Answer> standing(long now) {
      return backoff.isDue(now) ? Optional.empty() : answer;
    }
  }

  private GitUpstream(RemoteGit remote, HubRepository repository, InstantSource clock) {
    this.remote = remote;
    this.repository = repository;
    this.intake = new Intake(remote, repository.git());
    this.clock = clock;
  }

  /**
   * @param branch its full name at the server
   * @param credentials folder where the Secret is mounted
   * @param data folder of this node
   */
  public static GitUpstream of(
      UpstreamUrl url,
      RefName branch,
      Path credentials,
      Path data,
      HubRepository repository,
      InstantSource clock)
      throws IOException {
    Intake.clear(repository.git());
    var remote = new RemoteGit(url, branch, Credentials.in(credentials, data));
    return new GitUpstream(remote, repository, clock);
  }

  @Override
  public synchronized Answer look() {
    Optional<Answer> silence =
        trouble.standing(clock.millis()).filter(answer -> answer instanceof Answer.Unreachable);
    if (silence.isPresent()) {
      return silence.get();
    }
    Answer answer = ask();
    if (answer instanceof Answer.Unreachable) {
      trouble = trouble.and(answer, clock.millis());
    } else if (trouble.answer().filter(was -> was instanceof Answer.Unreachable).isPresent()) {
      trouble = Trouble.NONE;
    }
    return answer;
  }

  @Override
  public synchronized Answer push(ObjectId commit, ObjectId base) {
    if (hasSeen(commit)) {
      return new Answer.At(seen.orElseThrow());
    }
    Optional<Answer> standing = trouble.standing(clock.millis());
    if (standing.isPresent()) {
      return standing.get();
    }
    Answer answer = seen.isEmpty() ? askFirst(commit, base) : tryPush(commit, base);
    boolean goesOn = answer instanceof Answer.At at && follows(base, at.commit());
    trouble = goesOn ? Trouble.NONE : trouble.and(answer, clock.millis());
    return answer;
  }

  @Override
  public synchronized boolean isResting() {
    return trouble.standing(clock.millis()).isPresent();
  }

  /** Since this process runs nobody has looked: an earlier one may have pushed it. */
  private Answer askFirst(ObjectId commit, ObjectId base) {
    Answer answer = ask();
    boolean isAtBase = answer instanceof Answer.At at && at.commit().equals(base);
    return isAtBase ? tryPush(commit, base) : answer;
  }

  private Answer tryPush(ObjectId commit, ObjectId base) {
    RemoteGit.Pushed pushed = remote.push(repository.git().directory(), commit, base, NOTES);
    if (pushed.isTaken()) {
      seen = Optional.of(commit);
      return new Answer.At(commit);
    }
    Answer after = ask();
    boolean nothingMoved = after instanceof Answer.At at && at.commit().equals(base);
    if (!nothingMoved) {
      return after;
    }
    return pushed.isRefusedByTheServer()
        ? new Answer.Refused(pushed.words())
        : new Answer.Unreachable(pushed.words());
  }

  private Answer ask() {
    return switch (remote.look(repository.git().directory())) {
      case RemoteGit.Head.At(ObjectId there) -> takeIn(there);
      case RemoteGit.Head.Nowhere() -> new Answer.Gone();
      case RemoteGit.Head.Unknown(String why) -> new Answer.Unreachable(why);
    };
  }

  private Answer takeIn(ObjectId there) {
    if (repository.git().hasCommit(there)) {
      return at(there);
    }
    Optional<Unfit> known = unfit.filter(before -> before.commit().equals(there));
    if (known.isPresent()) {
      return new Answer.Unfit(known.get().why());
    }
    try {
      return switch (intake.take(repository.git().ref(repository.branch()))) {
        case Intake.Result.Taken(ObjectId commit) -> at(commit);
        case Intake.Result.NotBrought(String why) -> new Answer.Unreachable(why);
        case Intake.Result.Refused(String why) -> {
          unfit = Optional.of(new Unfit(there, why));
          yield new Answer.Unfit(why);
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take in upstream's " + there, e);
    }
  }

  private Answer at(ObjectId there) {
    seen = Optional.of(there);
    return new Answer.At(there);
  }

  private boolean hasSeen(ObjectId commit) {
    return seen.filter(there -> follows(commit, there)).isPresent();
  }

  private boolean follows(ObjectId ancestor, ObjectId descendant) {
    return ancestor.equals(descendant) || repository.git().isAncestor(ancestor, descendant);
  }
}
