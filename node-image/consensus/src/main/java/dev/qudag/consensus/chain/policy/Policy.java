package dev.qudag.consensus.chain.policy;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;
import java.util.Set;

/**
 * By what rules changes land. It is chain state: every validator judges a decision by the same one.
 *
 * <p>A policy whose checks have no paths, and one that resolves and lands as by default, is encoded
 * as it was before there was anything else, so that the chains that exist keep their ids.
 *
 * @param checks what each tree must pass; names are distinct
 * @param denyPaths glob patterns of paths that no proposal may touch
 * @param autoResolve categories of merges that land without a person, of {@link #CATEGORIES},
 *     sorted; {@code None} always does, {@code Complex} never
 * @param landing how what passed becomes commits
 */
public record Policy(
    List<CheckRule> checks,
    List<String> denyPaths,
    List<String> autoResolve,
    LandingPolicy landing) {
  /** What {@code autoResolve} can name. */
  public static final Set<String> CATEGORIES = Set.of("Semantic", "Syntactic", "Textual");

  /** What lands without a person unless the policy says otherwise. */
  public static final List<String> AUTO_RESOLVE = List.of("Syntactic", "Textual");

  private static final String ALWAYS = "None";
  private static final String TAG = "qudag.dev/v1/policy";
  private static final String TAG_WITH_PATHS = "qudag.dev/v2/policy";
  private static final String TAG_WITH_WAYS = "qudag.dev/v3/policy";

  public Policy {
    checks = Fields.list("checks", checks);
    Fields.distinct("check name", checks.stream().map(CheckRule::name).toList());
    denyPaths = Fields.list("denyPaths", denyPaths);
    denyPaths.forEach(pattern -> Fields.line("denyPaths", pattern, CheckRule.MAX_PATTERN));
    autoResolve = Fields.list("autoResolve", autoResolve, CATEGORIES.size());
    Fields.distinct("autoResolve", autoResolve);
    autoResolve.forEach(
        category ->
            Fields.require(
                CATEGORIES.contains(category),
                "autoResolve",
                category,
                "Semantic, Syntactic or Textual"));
    Fields.require(
        autoResolve.equals(autoResolve.stream().sorted().toList()),
        "autoResolve",
        String.join(", ", autoResolve),
        "them sorted");
  }

  /** That resolves and lands as by default. */
  public Policy(List<CheckRule> checks, List<String> denyPaths) {
    this(checks, denyPaths, AUTO_RESOLVE, LandingPolicy.MERGE);
  }

  /** Whether a merge of that category lands without a person. */
  public boolean lets(String category) {
    return category.equals(ALWAYS) || autoResolve.contains(category);
  }

  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(tag());
    if (tag().equals(TAG)) {
      out.list(checks, (o, rule) -> rule.writeTo(o));
    } else {
      out.list(checks, (o, rule) -> rule.writeWithPathsTo(o));
    }
    out.list(denyPaths, CanonicalWriter::text);
    if (hasWays()) {
      out.list(autoResolve, CanonicalWriter::text);
      landing.writeTo(out);
    }
    return out.toByteArray();
  }

  private String tag() {
    if (hasWays()) {
      return TAG_WITH_WAYS;
    }
    return hasPaths() ? TAG_WITH_PATHS : TAG;
  }

  public static Policy decode(byte[] bytes) {
    return switch (CanonicalReader.tagOf(bytes)) {
      case TAG_WITH_WAYS -> CanonicalReader.read(TAG_WITH_WAYS, bytes, Policy::readWithWays);
      case TAG_WITH_PATHS -> CanonicalReader.read(TAG_WITH_PATHS, bytes, Policy::readWithPaths);
      default ->
          CanonicalReader.read(
              TAG,
              bytes,
              in -> new Policy(in.list(CheckRule::readFrom), in.list(CanonicalReader::text)));
    };
  }

  /** A policy has one encoding. */
  private static Policy readWithPaths(CanonicalReader in) {
    var policy = new Policy(in.list(CheckRule::readWithPathsFrom), in.list(CanonicalReader::text));
    Fields.require(policy.hasPaths(), "checks", "none with paths", "at least one with paths");
    return policy;
  }

  private static Policy readWithWays(CanonicalReader in) {
    var policy =
        new Policy(
            in.list(CheckRule::readWithPathsFrom),
            in.list(CanonicalReader::text),
            in.list(CanonicalReader::text),
            LandingPolicy.readFrom(in));
    Fields.require(
        policy.hasWays(), "autoResolve and landing", "the default", "at least one of them other");
    return policy;
  }

  private boolean hasWays() {
    return !autoResolve.equals(AUTO_RESOLVE) || !landing.equals(LandingPolicy.MERGE);
  }

  private boolean hasPaths() {
    return checks.stream().anyMatch(CheckRule::mayBeLeftOut);
  }

  public Digest digest() {
    return Digest.sha256(encode());
  }
}
