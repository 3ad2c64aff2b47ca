package dev.qudag.consensus.chain.policy;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * A check that a tree must pass before it may land.
 *
 * @param specDigest {@link CheckSpec#digest} of what is run
 * @param paths glob patterns: only a change that touches a path that one of them matches needs the
 *     check; empty when every change does
 */
public record CheckRule(String name, Digest specDigest, List<String> paths) {
  /** Characters of a pattern. */
  static final int MAX_PATTERN = 512;

  public CheckRule {
    Fields.name("check name", name);
    paths = Fields.list("paths", paths);
    paths.forEach(pattern -> Fields.line("paths", pattern, MAX_PATTERN));
  }

  /** Whether a change may land without it, by the paths that it touches. */
  public boolean mayBeLeftOut() {
    return !paths.isEmpty();
  }

  /** Whether the result is of this very check. */
  public boolean isOf(CheckResult result) {
    return name.equals(result.name()) && specDigest.equals(result.specDigest());
  }

  void writeTo(CanonicalWriter out) {
    out.text(name).digest(specDigest);
  }

  void writeWithPathsTo(CanonicalWriter out) {
    writeTo(out);
    out.list(paths, CanonicalWriter::text);
  }

  static CheckRule readFrom(CanonicalReader in) {
    return new CheckRule(in.text(), in.digest(), List.of());
  }

  static CheckRule readWithPathsFrom(CanonicalReader in) {
    return new CheckRule(in.text(), in.digest(), in.list(CanonicalReader::text));
  }
}
