package dev.qudag.node.verify;

import dev.qudag.consensus.certificate.Succession;
import dev.qudag.consensus.certificate.Verification.NotProven;
import dev.qudag.consensus.certificate.Verification.Reason;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.crypto.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a person who knows one chain comes to the chain that took its place. */
final class PredecessorOptions {
  @Option(
      names = "--predecessor",
      required = true,
      paramLabel = "FINGERPRINT",
      converter = DigestConverter.class,
      description =
          "SHA-256 of the genesis of the chain whose place this one took. Without --genesis the"
              + " signature of one of its administrators is needed")
  private Digest fingerprint = Digest.ZERO;

  @Option(
      names = "--predecessor-file",
      required = true,
      paramLabel = "FILE",
      description = "the genesis of that chain")
  private Path file = Path.of("");

  @Option(
      names = "--signature",
      paramLabel = "FILE",
      description =
          "an administrator's signature over the new genesis: key \"signature\" of ConfigMap"
              + " <swarm>-genesis")
  private @Nullable Path signatureFile;

  /**
   * Why the genesis is not believed to take that chain's place; empty when it is.
   *
   * @param told its fingerprint, if the person knows that too
   */
  Optional<NotProven> broken(byte[] genesis, Optional<Digest> told) throws IOException {
    try {
      return Succession.broken(InputFile.read(file), fingerprint, genesis, told, signature());
    } catch (IllegalArgumentException e) {
      return Optional.of(
          new NotProven(Reason.MALFORMED, "the administrator's signature: " + e.getMessage()));
    }
  }

  private Optional<AdminSignature> signature() throws IOException {
    return signatureFile == null
        ? Optional.empty()
        : Optional.of(
            AdminSignature.ofText(
                new String(InputFile.read(signatureFile), StandardCharsets.US_ASCII)));
  }
}
