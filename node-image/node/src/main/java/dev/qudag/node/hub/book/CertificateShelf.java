package dev.qudag.node.hub.book;

import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.crypto.Digest;
import dev.qudag.node.disk.DurableFiles;
import dev.qudag.node.verify.CertificateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The certificates for people to take home: {@code certificates/<certificate digest>.json}, by
 * decision in memory. Each file holds the seals that lead from genesis to the certificate's epoch.
 */
public final class CertificateShelf {
  private final Path folder;
  private final Map<Digest, DecisionCertificate> byDecision = new HashMap<>();
  private final SortedMap<Long, Seal> seals = new TreeMap<>();

  private CertificateShelf(Path folder) {
    this.folder = folder;
  }

  public static CertificateShelf open(Path data) throws IOException {
    var shelf = new CertificateShelf(Files.createDirectories(data.resolve("certificates")));
    try (var files = Files.list(shelf.folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        CertificateFile kept = CertificateFile.read(Files.readAllBytes(file));
        shelf.index(kept.decision(), kept.certificate());
      }
    }
    return shelf;
  }

  public synchronized void keep(
      Decision decision, DecisionCertificate certificate, Verification.Proven proven) {
    Path file = folder.resolve(certificate.digest().hex() + ".json");
    try {
      if (!Files.exists(file)) {
        List<Seal> before = sealsBefore(certificate.block().epoch());
        DurableFiles.write(file, new CertificateFile(certificate, decision, before).write(proven));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the certificate " + file, e);
    }
    index(decision, certificate);
  }

  private void index(Decision decision, DecisionCertificate certificate) {
    byDecision.put(certificate.decisionDigest(), certificate);
    if (decision instanceof SetDecision change) {
      seals.put(change.change().epoch(), new Seal(certificate, change));
    }
  }

  /** The seals of the epochs before one, from the first on. */
  public synchronized List<Seal> sealsBefore(long epoch) {
    return List.copyOf(seals.headMap(epoch).values());
  }

  /** What ended an epoch. */
  public synchronized Optional<Seal> sealOf(long epoch) {
    return Optional.ofNullable(seals.get(epoch));
  }

  public synchronized Optional<DecisionCertificate> ofDecision(Digest decision) {
    return Optional.ofNullable(byDecision.get(decision));
  }
}
