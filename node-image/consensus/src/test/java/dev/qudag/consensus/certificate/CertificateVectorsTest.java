package dev.qudag.consensus.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.Verification.NotProven;
import dev.qudag.consensus.certificate.Verification.Proven;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Cases for other implementations of the verifier: vectors/certificates.txt, whose form
 * docs/reference/certificate.md gives. Signatures are hedged and keys drawn, so {@code
 * -Dqudag.generate=true} writes other bytes each time; the judgements stay.
 */
class CertificateVectorsTest {
  private static final Path FILE = Path.of("src/test/resources/vectors/certificates.txt");

  private final Map<String, byte[]> parts = new HashMap<>();

  @Test
  void everyCaseIsJudgedAsPublished() throws IOException {
    if (Boolean.getBoolean("qudag.generate")) {
      Files.writeString(FILE, new Writer().written());
    }
    int cases = 0;
    for (String line : published().split("\n")) {
      List<String> words = List.of(line.split(" "));
      switch (words.getFirst()) {
        case "part" -> parts.put(words.get(1), Base64.getDecoder().decode(words.get(2)));
        case "flip" -> parts.put(words.get(1), flipped(words.get(2), words.get(3)));
        case "case" -> {
          assertThat(judge(words)).as(words.get(1)).isEqualTo(words.get(2));
          cases++;
        }
        default -> assertThat(line).startsWith("#");
      }
    }
    assertThat(cases).isEqualTo(12);
  }

  private byte[] flipped(String part, String offset) {
    byte[] changed = part(part).clone();
    changed[Integer.parseInt(offset)] ^= 1;
    return changed;
  }

  private String judge(List<String> words) {
    Verification result =
        CertificateVerifier.verify(
            part(words.get(5)),
            part(words.get(4)),
            Digest.ofHex(words.get(3)),
            words.subList(6, words.size()).stream().map(this::part).toList());
    return switch (result) {
      case Proven proven -> "Proven";
      case NotProven no -> no.reason().text();
    };
  }

  private byte[] part(String name) {
    return Objects.requireNonNull(parts.get(name), name);
  }

  private static String published() throws IOException {
    if (Boolean.getBoolean("qudag.generate")) {
      return Files.readString(FILE);
    }
    try (InputStream in =
        CertificateVectorsTest.class.getResourceAsStream("/vectors/certificates.txt")) {
      return new String(
          Objects.requireNonNull(in, "vectors").readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Writes the file anew. */
  private static final class Writer {
    private final TestingEpochs epochs = new TestingEpochs();
    private final StringBuilder out = new StringBuilder();
    private final String fingerprint = epochs.chain.genesis().digest().hex();
    private final DecisionCertificate inZero =
        epochs.proof(epochs.zero.set(), epochs.merge, epochs.keysOfZero);

    String written() {
      out.append("# Cases for verifiers of decision certificates: docs/reference/certificate.md\n");
      part("genesis", epochs.chain.genesis().encode());
      part("epoch-0", inZero.encode());
      part("epoch-1", epochs.inOne.encode());
      part("epoch-2", epochs.inTwo.encode());
      part("two-signers", withTwoSigners().encode());
      part("seal-0", epochs.seal0.encode());
      part("seal-1", epochs.seal1.encode());
      byte[] encoded = inZero.encode();
      flip("other-decision", offsetOf(encoded, inZero.decisionDigest()));
      flip("other-set", offsetOf(encoded, inZero.validatorSetRoot()));
      flip("other-signature", offsetOf(encoded, inZero.decisionDigest()) - 300);
      flip("other-tag", 6);
      proofs();
      return out.toString();
    }

    private void proofs() {
      add("final-in-the-first-epoch", "Proven", "epoch-0");
      add("final-after-one-seal", "Proven", "epoch-1 seal-0");
      add("final-after-two-seals", "Proven", "epoch-2 seal-0 seal-1");
      add("a-seal-too-many-is-not-looked-at", "Proven", "epoch-1 seal-0 seal-1");
      add("no-seal", "WrongValidatorSet", "epoch-1");
      add("a-seal-is-missing", "BrokenSealChain", "epoch-2 seal-1");
      add("seals-out-of-order", "BrokenSealChain", "epoch-2 seal-1 seal-0");
      add("two-of-three-signers", "TooFewSigners", "two-signers");
      add("another-decision", "PathMismatch", "other-decision");
      add("another-set", "WrongValidatorSet", "other-set");
      add("a-signature-of-something-else", "BadSignature", "other-signature");
      add("another-kind-of-statement", "Malformed", "other-tag");
    }

    /** The same without the last signature; what a certificate says of its signers fits. */
    private DecisionCertificate withTwoSigners() {
      Certificate full = inZero.finality().certificate();
      Certificate two =
          new Certificate(full.ballot(), Bytes.of((byte) 0b11), full.signatures().subList(0, 2));
      return new DecisionCertificate(
          inZero.validatorSetRoot(),
          new Finality(two, inZero.finality().headers()),
          inZero.decisionDigest(),
          inZero.approvalsDigest(),
          inZero.path());
    }

    private static int offsetOf(byte[] encoded, Digest digest) {
      byte[] wanted = digest.bytes();
      for (int at = encoded.length - wanted.length; at >= 0; at--) {
        if (Arrays.equals(encoded, at, at + wanted.length, wanted, 0, wanted.length)) {
          return at;
        }
      }
      throw new IllegalStateException("not in there: " + digest);
    }

    private void part(String name, byte[] bytes) {
      out.append("part ").append(name).append(' ');
      out.append(Base64.getEncoder().encodeToString(bytes)).append('\n');
    }

    private void flip(String name, int offset) {
      out.append("flip ").append(name).append(" epoch-0 ").append(offset).append('\n');
    }

    private void add(String name, String expected, String parts) {
      out.append("case ").append(name).append(' ').append(expected).append(' ');
      out.append(fingerprint).append(" genesis ").append(parts).append('\n');
    }
  }
}
