package dev.qudag.consensus.chain.policy;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * By what rules changes land. It is chain state: every validator judges a decision by the same one.
 *
 * @param checks what each tree must pass; names are distinct
 * @param denyPaths glob patterns of paths that no proposal may touch
 */
public record Policy(List<CheckRule> checks, List<String> denyPaths) {
  private static final String TAG = "qudag.dev/v1/policy";
  private static final int MAX_PATTERN = 512;

  public Policy {
    checks = Fields.list("checks", checks);
    Fields.distinct("check name", checks.stream().map(CheckRule::name).toList());
    denyPaths = Fields.list("denyPaths", denyPaths);
    denyPaths.forEach(pattern -> Fields.line("denyPaths", pattern, MAX_PATTERN));
  }

  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG);
    out.list(checks, (o, rule) -> rule.writeTo(o)).list(denyPaths, CanonicalWriter::text);
    return out.toByteArray();
  }

  public static Policy decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG, bytes, in -> new Policy(in.list(CheckRule::readFrom), in.list(CanonicalReader::text)));
  }

  public Digest digest() {
    return Digest.sha256(encode());
  }
}
