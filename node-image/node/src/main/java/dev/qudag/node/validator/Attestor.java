package dev.qudag.node.validator;

import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.crypto.CanonicalWriter;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.node.disk.RecordLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * This validator's own attestations: a chain by sequence and digest, on disk before anybody sees
 * one. It says one thing of a decision, once.
 */
final class Attestor implements AutoCloseable {
  private static final String TAG = "qudag.dev/v1/attestation-log";

  private final Genesis genesis;
  private final int self;
  private final SigningKey key;
  private final Map<Digest, Long> offsets = new HashMap<>();
  private final RecordLog log;
  private long sequence;
  private Digest previous = Digest.ZERO;

  /**
   * Opens the log.
   *
   * @param mayBeNew whether this validator cannot have judged anything yet
   */
  Attestor(
      Path data, String incarnation, boolean mayBeNew, Genesis genesis, int self, SigningKey key)
      throws IOException {
    this.genesis = genesis;
    this.self = self;
    this.key = key;
    byte[] header =
        CanonicalWriter.tagged(TAG).text(incarnation).digest(genesis.chainId()).toByteArray();
    Path file = data.resolve("attestations.log");
    if (!mayBeNew && !Files.exists(file)) {
      throw new IOException(
          "the key is here but its log " + file + " is gone: it may have judged anything");
    }
    this.log =
        RecordLog.open(
            file, header, (offset, bytes) -> remember(offset, Attestation.decode(bytes)));
  }

  private void remember(long offset, Attestation attestation) {
    offsets.put(attestation.decisionDigest(), offset);
    previous = attestation.digest();
    sequence = attestation.sequence() + 1;
  }

  synchronized boolean hasJudged(Digest decision) {
    return offsets.containsKey(decision);
  }

  /** What this validator said of the decision. */
  synchronized Optional<Attestation> find(Digest decision) throws IOException {
    Optional<Long> offset = Optional.ofNullable(offsets.get(decision));
    return offset.isPresent()
        ? Optional.of(Attestation.decode(log.read(offset.get())))
        : Optional.empty();
  }

  /** What this validator says of the decision: the verdict, unless it has said something before. */
  synchronized Attestation attest(Digest decision, Verdict verdict, String reason)
      throws IOException {
    Optional<Attestation> known = find(decision);
    if (known.isPresent()) {
      return known.get();
    }
    Attestation attestation =
        new Attestation.Content(
                genesis.chainId(),
                genesis.epoch(),
                self,
                sequence,
                previous,
                decision,
                verdict,
                reason)
            .sign(key);
    long offset = log.append(attestation.encode());
    log.sync();
    remember(offset, attestation);
    return attestation;
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }
}
