package dev.qudag.consensus.chain.proposal;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * A person, by the operator's word, wants a landed commit undone. The revert's author, date and
 * message come from it ({@link CommitMeta#of(RevertOrder, String)}).
 *
 * <p>It is carried out once: a revert that lands uses it up, with every other order of the same
 * sequence. The operator signs those anew whose persons still want them.
 *
 * @param commit the landed commit, 40 hexadecimal digits
 * @param branch full ref name
 * @param sequence number of reverts on the branch before it
 * @param person who asked, as Kubernetes knows them
 * @param reason one line of at most 256 characters, may be empty
 * @param timeMillis when it was asked for, milliseconds since 1970
 */
public record RevertOrder(
    Digest chainId,
    String commit,
    String branch,
    long sequence,
    String person,
    String reason,
    long timeMillis) {
  private static final String TAG = "qudag.dev/v1/revert-order";

  public RevertOrder {
    Fields.objectId("commit", commit);
    Fields.branch(branch);
    Fields.count("sequence", sequence);
    Fields.name("person", person);
    Fields.line("reason", reason, Fields.MAX_TITLE);
    Fields.require(timeMillis >= 0, "timeMillis", Long.toString(timeMillis), "a time after 1970");
  }

  /** The order with the operator's signature. */
  public record Signed(RevertOrder order, Bytes signature) {
    public Signed {
      Fields.size("revert signature", signature, VerifyingKey.SIGNATURE_SIZE);
    }

    public boolean isSignedBy(VerifyingKey operator) {
      return operator.verify(order.encode(), signature);
    }

    public void writeTo(CanonicalWriter out) {
      out.bytes(order.encode()).bytes(signature);
    }

    public static Signed readFrom(CanonicalReader in) {
      return new Signed(RevertOrder.decode(in.byteArray()), in.bytes());
    }
  }

  public Signed sign(SigningKey operator) {
    return new Signed(this, operator.sign(encode()));
  }

  /** The name of the proposal that this order makes. */
  public String proposal() {
    return ProposalName.ofRevert(commit, branch);
  }

  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .digest(chainId)
        .text(commit)
        .text(branch)
        .int64(sequence)
        .text(person)
        .text(reason)
        .int64(timeMillis)
        .toByteArray();
  }

  public static RevertOrder decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new RevertOrder(
                in.digest(), in.text(), in.text(), in.int64(), in.text(), in.text(), in.int64()));
  }
}
