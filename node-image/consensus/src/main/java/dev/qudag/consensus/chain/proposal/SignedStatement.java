package dev.qudag.consensus.chain.proposal;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/** An {@link AuthorStatement} with the signature of its workspace's key. */
public record SignedStatement(AuthorStatement statement, Bytes signature) {
  public SignedStatement {
    Fields.size("statement signature", signature, VerifyingKey.SIGNATURE_SIZE);
  }

  public boolean isSignedBy(VerifyingKey workspace) {
    return workspace.verify(statement.encode(), signature);
  }

  public void writeTo(CanonicalWriter out) {
    out.bytes(statement.encode()).bytes(signature);
  }

  public static SignedStatement readFrom(CanonicalReader in) {
    return new SignedStatement(AuthorStatement.decode(in.byteArray()), in.bytes());
  }
}
