package dev.qudag.consensus.chain.policy;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * By what rules changes land. It is chain state: every validator judges a decision by the same one.
 *
 * <p>A policy whose checks have no paths is encoded as it was before there were any, so that the
 * chains that exist keep their ids.
 *
 * @param checks what each tree must pass; names are distinct
 * @param denyPaths glob patterns of paths that no proposal may touch
 */
public record Policy(List<CheckRule> checks, List<String> denyPaths) {
  private static final String TAG = "qudag.dev/v1/policy";
  private static final String TAG_WITH_PATHS = "qudag.dev/v2/policy";

  public Policy {
    checks = Fields.list("checks", checks);
    Fields.distinct("check name", checks.stream().map(CheckRule::name).toList());
    denyPaths = Fields.list("denyPaths", denyPaths);
    denyPaths.forEach(pattern -> Fields.line("denyPaths", pattern, CheckRule.MAX_PATTERN));
  }

  public byte[] encode() {
    CanonicalWriter out;
    if (hasPaths()) {
      out = CanonicalWriter.tagged(TAG_WITH_PATHS);
      out.list(checks, (o, rule) -> rule.writeWithPathsTo(o));
    } else {
      out = CanonicalWriter.tagged(TAG);
      out.list(checks, (o, rule) -> rule.writeTo(o));
    }
    return out.list(denyPaths, CanonicalWriter::text).toByteArray();
  }

  public static Policy decode(byte[] bytes) {
    return CanonicalReader.tagOf(bytes).equals(TAG_WITH_PATHS)
        ? CanonicalReader.read(TAG_WITH_PATHS, bytes, Policy::readWithPaths)
        : CanonicalReader.read(
            TAG,
            bytes,
            in -> new Policy(in.list(CheckRule::readFrom), in.list(CanonicalReader::text)));
  }

  /** A policy has one encoding. */
  private static Policy readWithPaths(CanonicalReader in) {
    var policy = new Policy(in.list(CheckRule::readWithPathsFrom), in.list(CanonicalReader::text));
    Fields.require(policy.hasPaths(), "checks", "none with paths", "at least one with paths");
    return policy;
  }

  private boolean hasPaths() {
    return checks.stream().anyMatch(CheckRule::mayBeLeftOut);
  }

  public Digest digest() {
    return Digest.sha256(encode());
  }
}
