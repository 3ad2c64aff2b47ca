package dev.qudag.node.hub.analysis;

import dev.qudag.merge.signature.SshPublicKey;
import dev.qudag.merge.signature.SshSigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The key that signs what lands, as a Secret is mounted. It is read anew each time, so that a
 * Secret that changes holds from the next commit on; nothing of it is in a message.
 *
 * @param folder where the Secret is mounted; may be missing where nothing is signed
 */
public record SigningSecret(Path folder) {
  /** The Secret's key, as in a Secret of the type {@code kubernetes.io/ssh-auth}. */
  public static final String FILE = "ssh-privatekey";

  private static final long MAX_BYTES = 16 * 1024;

  /**
   * @param wanted the key that the policy names
   * @throws UnsignedException when it is not here
   */
  SshSigningKey key(SshPublicKey wanted) {
    SshSigningKey key;
    try {
      Path file = folder.resolve(FILE);
      if (!Files.exists(file)) {
        throw new UnsignedException(
            "the Secret of policy.landing.signingKeySecretRef is missing, or has no key "
                + FILE
                + ": kubectl create secret generic NAME --from-file="
                + FILE
                + "=KEYFILE");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new UnsignedException(FILE + " of the signing Secret has more than 16 KiB");
      }
      key = SshSigningKey.parse(Files.readString(file));
    } catch (IOException e) {
      throw new UnsignedException(FILE + " of the signing Secret cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw new UnsignedException(FILE + " of the signing Secret: " + e.getMessage(), e);
    }
    if (!key.publicKey().equals(wanted)) {
      throw new UnsignedException(
          "%s of the signing Secret is the key \"%s\", policy.landing.signingKey in force is \"%s\": change one of them"
              .formatted(FILE, key.publicKey(), wanted));
    }
    return key;
  }

  /** Why nothing can be signed by that key; empty when it can. */
  public Optional<String> fault(SshPublicKey wanted) {
    try {
      var unused = key(wanted);
      return Optional.empty();
    } catch (UnsignedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
