package dev.qudag.node.hub.book;

import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.crypto.Digest;
import dev.qudag.node.disk.DurableFiles;
import dev.qudag.node.verify.CertificateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The certificates for people to take home: {@code certificates/<certificate digest>.json}, by
 * decision in memory.
 */
public final class CertificateShelf {
  private final Path folder;
  private final Map<Digest, DecisionCertificate> byDecision = new HashMap<>();

  private CertificateShelf(Path folder) {
    this.folder = folder;
  }

  public static CertificateShelf open(Path data) throws IOException {
    var shelf = new CertificateShelf(Files.createDirectories(data.resolve("certificates")));
    try (var files = Files.list(shelf.folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        DecisionCertificate certificate =
            CertificateFile.read(Files.readAllBytes(file)).certificate();
        shelf.byDecision.put(certificate.decisionDigest(), certificate);
      }
    }
    return shelf;
  }

  public synchronized void keep(
      Decision decision, DecisionCertificate certificate, Verification.Proven proven) {
    Path file = folder.resolve(certificate.digest().hex() + ".json");
    try {
      if (!Files.exists(file)) {
        DurableFiles.write(file, new CertificateFile(certificate, decision).write(proven));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the certificate " + file, e);
    }
    byDecision.put(certificate.decisionDigest(), certificate);
  }

  public synchronized Optional<DecisionCertificate> ofDecision(Digest decision) {
    return Optional.ofNullable(byDecision.get(decision));
  }
}
