package dev.qudag.consensus.chain.policy;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a check runs; its digest is all that the chain knows of it.
 *
 * @param timeoutSeconds how long it may take
 * @param env environment, in the order of its names
 * @param paths glob patterns of the paths that it is about; empty when it is about all
 */
public record CheckSpec(
    String name,
    String image,
    List<String> command,
    int timeoutSeconds,
    SortedMap<String, String> env,
    List<String> paths) {
  private static final String TAG = "qudag.dev/v1/check-spec";
  private static final String TAG_WITH_PATHS = "qudag.dev/v2/check-spec";

  public CheckSpec {
    command = List.copyOf(command);
    env = Collections.unmodifiableSortedMap(new TreeMap<>(env));
    paths = List.copyOf(paths);
  }

  /** A check that is about all paths. */
  public CheckSpec(
      String name,
      String image,
      List<String> command,
      int timeoutSeconds,
      SortedMap<String, String> env) {
    this(name, image, command, timeoutSeconds, env, List.of());
  }

  public Digest digest() {
    CanonicalWriter out =
        CanonicalWriter.tagged(paths.isEmpty() ? TAG : TAG_WITH_PATHS)
            .text(name)
            .text(image)
            .list(command, CanonicalWriter::text)
            .int32(timeoutSeconds)
            .list(List.copyOf(env.entrySet()), CheckSpec::writeVariable);
    if (!paths.isEmpty()) {
      out.list(paths, CanonicalWriter::text);
    }
    return Digest.sha256(out.toByteArray());
  }

  /** The rule that demands this check. */
  public CheckRule rule() {
    return new CheckRule(name, digest(), paths);
  }

  private static void writeVariable(CanonicalWriter out, Map.Entry<String, String> variable) {
    out.text(variable.getKey()).text(variable.getValue());
  }
}
