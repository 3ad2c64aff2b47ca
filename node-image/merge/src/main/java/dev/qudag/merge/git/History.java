package dev.qudag.merge.git;

import dev.qudag.crypto.recent.RecentMap;
import dev.qudag.merge.Ancestry;
import dev.qudag.merge.CommitHeader;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.process.GitProcess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What commits of one repository have in common. What is near, and nearly all is, follows from
 * their headers, which never change and are remembered. The rest is asked of a git of its own,
 * whose memory is not this node's: a stranger may send a history as long as the limits of a bundle.
 */
final class History {
  private static final int FAR = 2_000;
  private static final int REMEMBERED = 4_096;
  private static final int USUAL_PARENTS = 8;

  private final Supplier<ObjectReader> readers;
  private final Supplier<GitProcess> git;
  private final Map<ObjectId, CommitHeader> headers = RecentMap.byUse(REMEMBERED);

  History(Supplier<ObjectReader> readers, Supplier<GitProcess> git) {
    this.readers = readers;
    this.git = git;
  }

  boolean isAncestor(ObjectId ancestor, ObjectId descendant) {
    return near(ancestry -> ancestry.isAncestor(ancestor, descendant))
        .orElseGet(
            () -> {
              var args =
                  new String[] {"merge-base", "--is-ancestor", ancestor.hex(), descendant.hex()};
              return git.get().run(GitProcess.Input.NONE, List.of(0, 1), args).exit() == 0;
            });
  }

  List<ObjectId> mergeBases(ObjectId one, ObjectId other) {
    return near(ancestry -> ancestry.mergeBases(one, other))
        .orElseGet(
            () -> {
              var args = new String[] {"merge-base", "--all", one.hex(), other.hex()};
              var bases = git.get().run(GitProcess.Input.NONE, List.of(0, 1), args).output();
              return new String(bases, StandardCharsets.US_ASCII)
                  .lines()
                  .map(ObjectId::of)
                  .sorted()
                  .toList();
            });
  }

  Optional<CommitHeader> header(ObjectId id) {
    var known = known(id);
    if (known.isPresent()) {
      return known;
    }
    try (var objects = readers.get()) {
      return header(objects, id);
    }
  }

  private <T> Optional<T> near(Function<Ancestry, Optional<T>> question) {
    try (var objects = readers.get()) {
      return question.apply(new Ancestry(id -> header(objects, id), FAR));
    }
  }

  private Optional<CommitHeader> header(ObjectReader objects, ObjectId id) {
    var known = known(id);
    if (known.isPresent()) {
      return known;
    }
    var read = objects.header(id);
    if (read.isPresent() && read.get().parents().size() <= USUAL_PARENTS) {
      synchronized (headers) {
        headers.put(id, read.get());
      }
    }
    return read;
  }

  private Optional<CommitHeader> known(ObjectId id) {
    synchronized (headers) {
      return Optional.ofNullable(headers.get(id));
    }
  }
}
