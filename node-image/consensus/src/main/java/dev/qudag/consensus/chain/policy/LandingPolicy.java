package dev.qudag.consensus.chain.policy;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.List;
import java.util.Optional;

/**
 * How what was decided becomes commits on the branch.
 *
 * @param signOff whether the message ends with the author's {@code Signed-off-by}
 * @param signer whose signature each commit must have; without one none has any
 */
public record LandingPolicy(Method method, boolean signOff, Optional<CommitKey> signer) {
  /** One merge commit as it always was, without sign-off and signature. */
  public static final LandingPolicy MERGE =
      new LandingPolicy(Method.MERGE, false, Optional.empty());

  /** What commits a merge brings onto the branch; a revert is one commit by each method. */
  public enum Method {
    /** One commit with two parents: the branch and the proposal. */
    MERGE("Merge"),
    /** One commit on the branch with the merged tree. */
    SQUASH("Squash"),
    /** Each commit of the proposal, made again on the branch. */
    REBASE("Rebase");

    private final String text;

    Method(String text) {
      this.text = text;
    }

    /** As it is encoded, and as a Swarm's spec has it. */
    public String text() {
      return text;
    }

    static Method of(String text) {
      for (Method method : values()) {
        if (method.text.equals(text)) {
          return method;
        }
      }
      throw new MalformedEncodingException("no way to land is named like this");
    }
  }

  public void writeTo(CanonicalWriter out) {
    out.text(method.text())
        .bool(signOff)
        .list(signer.stream().toList(), (o, key) -> o.bytes(key.raw()));
  }

  public static LandingPolicy readFrom(CanonicalReader in) {
    return new LandingPolicy(Method.of(in.text()), in.bool(), signer(in));
  }

  private static Optional<CommitKey> signer(CanonicalReader in) {
    List<CommitKey> keys = in.list(each -> new CommitKey(each.bytes()));
    Fields.require(keys.size() <= 1, "signer", keys.size() + " keys", "at most one");
    return keys.stream().findFirst();
  }
}
