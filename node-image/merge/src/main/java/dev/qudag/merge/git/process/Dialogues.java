package dev.qudag.merge.git.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The gits of one repository that run one command and are asked again and again. Each costs a
 * process, and one question is rarely alone: who has no more questions leaves it to the next one,
 * for a little while. Git looks for new packs itself when it misses an object.
 */
public final class Dialogues {
  /** Longer than the steps of a merge are apart, so short that nothing is left of it. */
  private static final Duration REST = Duration.ofSeconds(5);

  /** A merge uses two readers at once, and two merges are judged at once. */
  private static final int MOST_AT_REST = 4;

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(REST.toMillis(), TimeUnit.MILLISECONDS);

  private final Supplier<GitProcess> git;
  private final Duration longestUse;
  private final String[] command;
  private final ConcurrentLinkedDeque<Dialogue> atRest = new ConcurrentLinkedDeque<>();

  /**
   * @param limit when git is killed, after its start: it is lent in the first half of it
   * @param command that flushes each of its answers
   */
  public Dialogues(Supplier<GitProcess> git, Duration limit, String... command) {
    this.git = git;
    this.longestUse = limit.dividedBy(2);
    this.command = command.clone();
  }

  /** One for one caller, who closes it. */
  public Dialogue lend() {
    for (var dialogue = Optional.ofNullable(atRest.pollFirst());
        dialogue.isPresent();
        dialogue = Optional.ofNullable(atRest.pollFirst())) {
      if (dialogue.get().isFresh(longestUse)) {
        return dialogue.get();
      }
      dialogue.get().end();
    }
    return new Dialogue(git.get(), this::takeBack, command);
  }

  private void takeBack(Dialogue dialogue) {
    if (!dialogue.isFresh(longestUse) || atRest.size() >= MOST_AT_REST) {
      dialogue.end();
      return;
    }
    atRest.addFirst(dialogue);
    LATER.execute(
        () -> {
          if (atRest.removeLastOccurrence(dialogue)) {
            dialogue.end();
          }
        });
  }
}
