package dev.qudag.consensus.chain.policy;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Bytes;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The public half of an SSH key that signs commits: Ed25519, RFC 8709.
 *
 * @param raw the 32 bytes of RFC 8032
 */
public record CommitKey(Bytes raw) {
  /** Length of the key in bytes. */
  public static final int SIZE = 32;

  /** Length of a signature in bytes. */
  public static final int SIGNATURE_SIZE = 64;

  private static final String TYPE = "ssh-ed25519";

  /** What precedes the key: the type and the key's length, each string after its length. */
  private static final Bytes PREFIX = Bytes.ofHex("0000000b7373682d6564323535313900000020");

  private static final Pattern LINE =
      Pattern.compile("ssh-ed25519 ([A-Za-z0-9+/]{68})( [^\\p{Cntrl}]*)?");

  public CommitKey {
    Fields.size("commit key", raw, SIZE);
  }

  /**
   * Reads a line as {@code ssh-keygen} writes it into {@code .pub}.
   *
   * @throws IllegalArgumentException when it is none of an Ed25519 key
   */
  public static CommitKey parse(String line) {
    var match = LINE.matcher(line.strip());
    byte[] blob = match.matches() ? Base64.getDecoder().decode(match.group(1)) : new byte[0];
    byte[] prefix = PREFIX.toArray();
    boolean holds =
        blob.length == prefix.length + SIZE
            && Arrays.equals(blob, 0, prefix.length, prefix, 0, prefix.length);
    Fields.require(
        holds, "commit key", line, "a line \"ssh-ed25519 AAAA…\" as ssh-keygen -t ed25519 writes");
    return new CommitKey(Bytes.of(Arrays.copyOfRange(blob, prefix.length, blob.length)));
  }

  /** The line without a comment. */
  @Override
  public String toString() {
    byte[] blob = Arrays.copyOf(PREFIX.toArray(), PREFIX.size() + SIZE);
    byte[] key = raw.toArray();
    for (int i = 0; i < SIZE; i++) {
      blob[PREFIX.size() + i] = key[i];
    }
    return TYPE + " " + Base64.getEncoder().encodeToString(blob);
  }
}
