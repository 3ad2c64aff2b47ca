package dev.qudag.consensus.chain.custody;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.proposal.SignedStatement;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.List;

/**
 * What the hub says of one proposal, for validators to keep until it has landed or ended (ADR 25).
 *
 * <pre>
 *   Kept ---- withdrawn, superseded, closed ----> Ended
 * </pre>
 *
 * <p>Nothing follows Ended: who holds it takes no Kept of the same name.
 */
public sealed interface CustodyRecord {
  /** Reason of an end at most, in characters. */
  int MAX_REASON = 64;

  /** Message of an end at most, in characters. */
  int MAX_END_MESSAGE = 512;

  Digest chainId();

  /** The proposal's name. */
  String proposal();

  /** Whose it is; empty when nobody's, of a revert. */
  String workspaceUid();

  byte[] encode();

  /** SHA-256 of the encoding: what a validator says that it holds. */
  default Digest digest() {
    return Digest.sha256(encode());
  }

  default SignedCustody sign(SigningKey hub) {
    return new SignedCustody(this, hub.sign(encode()));
  }

  /**
   * A proposal that the hub has accepted.
   *
   * @param author says what is proposed
   * @param grant makes the author's key the workspace's
   * @param dependsOn names of proposals that must land before it
   * @param priority that its agent asks for
   * @param acceptedAtMillis by the hub's clock, milliseconds since 1970
   */
  record Kept(
      SignedStatement author,
      SignedGrant grant,
      List<String> dependsOn,
      int priority,
      long acceptedAtMillis)
      implements CustodyRecord {
    static final String TAG = "qudag.dev/v1/custody-kept";

    public Kept {
      dependsOn = Fields.list("dependsOn", dependsOn);
      dependsOn.forEach(name -> Fields.name("dependsOn", name));
      Fields.count("priority", priority);
      Fields.count("acceptedAtMillis", acceptedAtMillis);
    }

    @Override
    public Digest chainId() {
      return author.statement().chainId();
    }

    @Override
    public String proposal() {
      return author.statement().proposal();
    }

    @Override
    public String workspaceUid() {
      return author.statement().workspaceUid();
    }

    @Override
    public byte[] encode() {
      CanonicalWriter out = CanonicalWriter.tagged(TAG);
      author.writeTo(out);
      grant.writeTo(out);
      return out.list(dependsOn, CanonicalWriter::text)
          .int32(priority)
          .int64(acceptedAtMillis)
          .toByteArray();
    }

    static Kept decode(byte[] bytes) {
      return CanonicalReader.read(
          TAG,
          bytes,
          in ->
              new Kept(
                  SignedStatement.readFrom(in),
                  SignedGrant.readFrom(in),
                  in.list(CanonicalReader::text),
                  in.int32(),
                  in.int64()));
    }
  }

  /**
   * A proposal that is over without having landed, and does not come back.
   *
   * @param reason one word, at most {@link #MAX_REASON} characters
   * @param message for people, at most {@link #MAX_END_MESSAGE} characters
   * @param askedAtMillis when that which ended was asked for, by its author: of a revert, a later
   *     order is another matter; 0 when it was never here
   */
  record Ended(
      Digest chainId,
      String proposal,
      String workspaceUid,
      String reason,
      String message,
      long askedAtMillis)
      implements CustodyRecord {
    static final String TAG = "qudag.dev/v1/custody-ended";

    public Ended {
      Fields.name("proposal", proposal);
      Fields.line("workspaceUid", workspaceUid, Fields.MAX_NAME);
      Fields.line("reason", reason, MAX_REASON);
      Fields.lines("message", message, MAX_END_MESSAGE);
      Fields.count("askedAtMillis", askedAtMillis);
    }

    @Override
    public byte[] encode() {
      return CanonicalWriter.tagged(TAG)
          .digest(chainId)
          .text(proposal)
          .text(workspaceUid)
          .text(reason)
          .text(message)
          .int64(askedAtMillis)
          .toByteArray();
    }

    static Ended decode(byte[] bytes) {
      return CanonicalReader.read(
          TAG,
          bytes,
          in -> new Ended(in.digest(), in.text(), in.text(), in.text(), in.text(), in.int64()));
    }
  }

  /** A record of either kind, by its tag. */
  static CustodyRecord decode(byte[] bytes) {
    return switch (CanonicalReader.tagOf(bytes)) {
      case Kept.TAG -> Kept.decode(bytes);
      case Ended.TAG -> Ended.decode(bytes);
      default -> throw new MalformedEncodingException("no kind of custody record has this tag");
    };
  }
}
