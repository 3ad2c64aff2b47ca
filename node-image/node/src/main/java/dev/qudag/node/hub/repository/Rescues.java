package dev.qudag.node.hub.repository;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Snapshots that were replaced by something that does not build on them: kept for a while under
 * {@code refs/qudag/rescue/<uid>/<second>-<commit>}, for a person to take with plain git. How many
 * there are of one workspace, how many in all and how long they stay is bounded: the oldest go.
 */
public final class Rescues {
  static final int MOST_OF_ONE = 10;
  static final int MOST = 1000;
  static final Duration KEPT = Duration.ofDays(30);

  private static final String FOLDER = "refs/qudag/rescue";
  private static final int SHORT = 12;

  private final GitRepository git;
  private final InstantSource clock;

  Rescues(GitRepository git, InstantSource clock) {
    this.git = git;
    this.clock = clock;
  }

  /**
   * @param second when it was replaced, since the epoch
   */
  private record Rescue(RefName ref, ObjectId commit, String workspace, long second) {

    static Rescue of(RefName ref, ObjectId commit) {
      String[] part = ref.full().split("/");
      String name = part[part.length - 1];
      return new Rescue(
          ref, commit, part[part.length - 2], Long.parseLong(name.substring(0, name.indexOf('-'))));
    }
  }

  /** Keeps a commit; once, however often it is replaced. */
  public synchronized void keep(String workspaceUid, ObjectId commit) {
    boolean isKept =
        all().stream()
            .anyMatch(
                rescue ->
                    rescue.workspace().equals(workspaceUid) && rescue.commit().equals(commit));
    if (!isKept) {
      String name =
          String.format(
              Locale.ROOT,
              "%s/%s/%010d-%s",
              FOLDER,
              workspaceUid,
              clock.instant().getEpochSecond(),
              commit.hex().substring(0, SHORT));
      RefName ref = RefName.of(name);
      if (!git.update(ref, commit, ObjectId.ZERO)) {
        throw new IllegalStateException(ref.full() + " is another commit");
      }
    }
    trim(workspaceUid);
  }

  /** How many are kept; those whose time is over are gone. */
  public synchronized int count() {
    drop(all(), this::isOver);
    return all().size();
  }

  private void trim(String workspaceUid) {
    drop(all(), this::isOver);
    List<Rescue> own =
        all().stream().filter(rescue -> rescue.workspace().equals(workspaceUid)).toList();
    drop(own.subList(Math.min(MOST_OF_ONE, own.size()), own.size()), rescue -> true);
    List<Rescue> left = all();
    drop(left.subList(Math.min(MOST, left.size()), left.size()), rescue -> true);
  }

  private boolean isOver(Rescue rescue) {
    return rescue.second() < clock.instant().minus(KEPT).getEpochSecond();
  }

  private void drop(List<Rescue> rescues, Predicate<Rescue> which) {
    rescues.stream().filter(which).forEach(rescue -> git.delete(rescue.ref(), rescue.commit()));
  }

  /** The newest first. */
  private List<Rescue> all() {
    return git.refs(RefName.of(FOLDER)).entrySet().stream()
        .map(entry -> Rescue.of(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(Rescue::second).reversed().thenComparing(Rescue::ref))
        .toList();
  }
}
