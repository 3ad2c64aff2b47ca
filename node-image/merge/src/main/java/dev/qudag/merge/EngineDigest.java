package dev.qudag.merge;

import dev.qudag.merge.rule.PatternRules;
import dev.qudag.merge.symbol.Interference;
import dev.qudag.merge.tree.TreeLimits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names the engine that merges: nodes with the same digest get the same tree from the same commits.
 *
 * @param hex SHA-256, 64 digits
 */
public record EngineDigest(String hex) {
  /**
   * Raised whenever {@link MergeRules}, the tree rules, or the merge of lines with its limits judge
   * differently, or commits of landings are made in another way. The rules of patterns, of symbols
   * and of structured merges have versions of their own.
   */
  static final String RULES = "3";

  /**
   * @param parser what its answers depend on, as it says itself
   * @param structure the identity of what merges files by their structure
   */
  public static EngineDigest of(
      String gitVersion,
      Map<String, String> config,
      TreeLimits limits,
      String parser,
      String structure) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      line(sha256, "qudag.dev/v1/engine");
      line(sha256, "rules " + RULES);
      line(sha256, "patterns " + PatternRules.identity());
      line(sha256, "symbols " + Interference.VERSION + " " + parser);
      line(sha256, "git " + gitVersion);
      new TreeMap<>(config).forEach((key, value) -> line(sha256, key + "=" + value));
      line(sha256, limits.toString());
      line(sha256, "structure " + structure);
      return new EngineDigest(HexFormat.of().formatHex(sha256.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void line(MessageDigest digest, String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return hex;
  }
}
