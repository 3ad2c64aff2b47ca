package dev.qudag.node.validator;

import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.crypto.Digest;
import dev.qudag.node.disk.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * That this validator has stopped for good, because two quorums finalized what cannot both be. The
 * certificate that its own chain excludes is on the disk; whoever looks into it needs that and the
 * chain.
 */
final class Standstill {
  private static final String FILE = "safety-violation";

  private Standstill() {}

  /**
   * Refuses to start on a volume that was stopped.
   *
   * @throws IOException that says what was found and what to do
   */
  static void requireNone(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (Files.exists(file)) {
      throw new IOException(
          "SafetyViolation: "
              + describe(Certificate.decode(Files.readAllBytes(file)))
              + ", which this chain excludes: more validators lie than are tolerated. Nothing may"
              + " be decided any more; keep all volumes, and compare the chains of the validators");
    }
  }

  /** Stops for good: it is on the disk when this returns. */
  static String found(Path data, Certificate excluded) throws IOException {
    DurableFiles.write(data.resolve(FILE), excluded.encode());
    return "SafetyViolation: " + describe(excluded) + ", which this chain excludes";
  }

  private static String describe(Certificate excluded) {
    Digest block = excluded.ballot().block();
    return "a quorum of epoch "
        + excluded.ballot().epoch()
        + " finalized block "
        + block
        + " in view "
        + excluded.ballot().view();
  }
}
