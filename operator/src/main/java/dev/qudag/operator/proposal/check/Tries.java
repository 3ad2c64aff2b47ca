package dev.qudag.operator.proposal.check;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which try of a check on a tree a Job is. Kept on the Job itself.
 *
 * @param attempt from 1; one more after each Job that could not run
 * @param failures how often the check ran and failed before
 */
public record Tries(int attempt, int failures) {
  public static final Tries FIRST = new Tries(1, 0);

  static final String ATTEMPT = "qudag.dev/attempt";
  static final String FAILURES = "qudag.dev/failures";

  public Tries {
    if (attempt < 1 || failures < 0) {
      throw new IllegalArgumentException(
          "attempts count from 1 and failures from 0, not %d and %d".formatted(attempt, failures));
    }
  }

  /** The first of those after so many failures. */
  public static Tries after(int failures) {
    return new Tries(1, failures);
  }

  /** It could not run. */
  public Tries blocked() {
    return new Tries(attempt + 1, failures);
  }

  /** It ran and failed. */
  public Tries failed() {
    return after(failures + 1);
  }

  /** Its result is not to be used. */
  public Tries discarded() {
    return new Tries(attempt + 1, 0);
  }

  SortedMap<String, String> annotations() {
    return new TreeMap<>(
        Map.of(ATTEMPT, Integer.toString(attempt), FAILURES, Integer.toString(failures)));
  }

  public static Tries of(Job job) {
    return new Tries(number(job, ATTEMPT, 1), number(job, FAILURES, 0));
  }

  private static int number(Job job, String annotation, int absent) {
    return Optional.ofNullable(job.getMetadata().getAnnotations())
        .map(all -> all.get(annotation))
        .map(Integer::parseInt)
        .orElse(absent);
  }
}
