package dev.qudag.consensus.chain.policy;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * By what rules changes land. It is chain state: every validator judges a decision by the same one.
 *
 * <p>A policy whose checks have no paths, or that lands by {@link LandingPolicy#MERGE}, is encoded
 * as it was before there was anything else, so that the chains that exist keep their ids.
 *
 * @param checks what each tree must pass; names are distinct
 * @param denyPaths glob patterns of paths that no proposal may touch
 * @param landing how what passed becomes commits
 */
public record Policy(List<CheckRule> checks, List<String> denyPaths, LandingPolicy landing) {
  private static final String TAG = "qudag.dev/v1/policy";
  private static final String TAG_WITH_PATHS = "qudag.dev/v2/policy";
  private static final String TAG_WITH_LANDING = "qudag.dev/v3/policy";

  public Policy {
    checks = Fields.list("checks", checks);
    Fields.distinct("check name", checks.stream().map(CheckRule::name).toList());
    denyPaths = Fields.list("denyPaths", denyPaths);
    denyPaths.forEach(pattern -> Fields.line("denyPaths", pattern, CheckRule.MAX_PATTERN));
  }

  /** A policy that lands by {@link LandingPolicy#MERGE}. */
  public Policy(List<CheckRule> checks, List<String> denyPaths) {
    this(checks, denyPaths, LandingPolicy.MERGE);
  }

  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(tag());
    if (tag().equals(TAG)) {
      out.list(checks, (o, rule) -> rule.writeTo(o));
    } else {
      out.list(checks, (o, rule) -> rule.writeWithPathsTo(o));
    }
    out.list(denyPaths, CanonicalWriter::text);
    if (hasLanding()) {
      landing.writeTo(out);
    }
    return out.toByteArray();
  }

  private String tag() {
    if (hasLanding()) {
      return TAG_WITH_LANDING;
    }
    return hasPaths() ? TAG_WITH_PATHS : TAG;
  }

  public static Policy decode(byte[] bytes) {
    return switch (CanonicalReader.tagOf(bytes)) {
      case TAG_WITH_LANDING ->
          CanonicalReader.read(TAG_WITH_LANDING, bytes, Policy::readWithLanding);
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

  private static Policy readWithLanding(CanonicalReader in) {
    var policy =
        new Policy(
            in.list(CheckRule::readWithPathsFrom),
            in.list(CanonicalReader::text),
            LandingPolicy.readFrom(in));
    Fields.require(policy.hasLanding(), "landing", "Merge alone", "another one");
    return policy;
  }

  private boolean hasLanding() {
    return !landing.equals(LandingPolicy.MERGE);
  }

  private boolean hasPaths() {
    return checks.stream().anyMatch(CheckRule::mayBeLeftOut);
  }

  public Digest digest() {
    return Digest.sha256(encode());
  }
}
