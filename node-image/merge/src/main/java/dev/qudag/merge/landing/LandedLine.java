package dev.qudag.merge.landing;

import dev.qudag.merge.CommitHeader;
import dev.qudag.merge.ObjectId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What the branch's own line of commits, each the first parent of the next, tells of how they
 * landed. Pure: it follows from the commits alone.
 */
public final class LandedLine {
  /** Commits of the line that are looked at. */
  public static final int FAR = 64;

  private final Function<ObjectId, Optional<CommitHeader>> headers;
  private final Function<ObjectId, Optional<byte[]>> commits;
  private final BiPredicate<ObjectId, ObjectId> isAncestor;

  /**
   * @param headers empty for a commit that is not known
   * @param commits the start of a commit's bytes, with its message; empty as before
   * @param isAncestor whether the second builds on the first, or is it
   */
  public LandedLine(
      Function<ObjectId, Optional<CommitHeader>> headers,
      Function<ObjectId, Optional<byte[]>> commits,
      BiPredicate<ObjectId, ObjectId> isAncestor) {
    this.headers = headers;
    this.commits = commits;
    this.isAncestor = isAncestor;
  }

  /**
   * The last commit that the base has in another form, squashed or rebased, and that the head
   * builds on, or is: what git would find as the merge base had it landed by a merge. Someone who
   * works on top of a proposal keeps its commits, whatever the branch made of them.
   *
   * @param mergeBases what the two have in common by their parents: what is older is not looked at
   */
  public Optional<ObjectId> source(ObjectId base, ObjectId head, List<ObjectId> mergeBases) {
    Optional<ObjectId> at = Optional.of(base);
    for (int i = 0; i < FAR && at.isPresent() && !mergeBases.contains(at.get()); i++) {
      var header = headers.apply(at.get());
      boolean isSingle = header.map(CommitHeader::parents).map(List::size).orElse(0) == 1;
      var source = isSingle ? from(at.get()).map(LandedFrom::source) : Optional.<ObjectId>empty();
      if (source.filter(found -> isNew(found, base, head)).isPresent()) {
        return source;
      }
      at = header.flatMap(found -> found.parents().stream().findFirst());
    }
    return Optional.empty();
  }

  /** One that is not here at all is none that the head, which is here whole, builds on. */
  private boolean isNew(ObjectId source, ObjectId base, ObjectId head) {
    return headers.apply(source).isPresent()
        && isAncestor.test(source, head)
        && !isAncestor.test(source, base);
  }

  /**
   * Where the branch stood before a landed commit came, with those that landed together with it.
   *
   * @return empty when nothing was before it
   */
  public Optional<ObjectId> before(ObjectId landed) {
    int steps = from(landed).map(LandedFrom::steps).orElse(1);
    Optional<ObjectId> at = Optional.of(landed);
    for (int i = 0; i < steps; i++) {
      at = at.flatMap(headers).flatMap(found -> found.parents().stream().findFirst());
    }
    return at;
  }

  private Optional<LandedFrom> from(ObjectId commit) {
    return commits.apply(commit).flatMap(LandedFrom::parse);
  }
}
