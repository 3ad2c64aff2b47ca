package dev.qudag.merge.git;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The readers of one repository. A reader costs a process, and one question is rarely alone: who
 * has no more questions leaves its reader to the next one, for a little while. Git looks for new
 * packs itself when it misses an object.
 */
final class ObjectReaders {
  /** Longer than the steps of a merge are apart, so short that nothing is left of it. */
  private static final Duration REST = Duration.ofSeconds(5);

  private static final int MOST_AT_REST = 2;
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(REST.toMillis(), TimeUnit.MILLISECONDS);

  private final Supplier<GitProcess> git;
  private final Duration longestUse;
  private final ConcurrentLinkedDeque<ObjectReader> atRest = new ConcurrentLinkedDeque<>();

  /**
   * @param limit when git is killed, after its start: a reader is lent in the first half of it
   */
  ObjectReaders(Supplier<GitProcess> git, Duration limit) {
    this.git = git;
    this.longestUse = limit.dividedBy(2);
  }

  /** A reader for one caller, who closes it. */
  ObjectReader lend() {
    for (var reader = Optional.ofNullable(atRest.pollFirst());
        reader.isPresent();
        reader = Optional.ofNullable(atRest.pollFirst())) {
      if (reader.get().isFresh(longestUse)) {
        return reader.get();
      }
      reader.get().end();
    }
    return new ObjectReader(git.get(), this::takeBack);
  }

  private void takeBack(ObjectReader reader) {
    if (!reader.isFresh(longestUse) || atRest.size() >= MOST_AT_REST) {
      reader.end();
      return;
    }
    atRest.addFirst(reader);
    LATER.execute(
        () -> {
          if (atRest.removeLastOccurrence(reader)) {
            reader.end();
          }
        });
  }
}
