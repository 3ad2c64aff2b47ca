package dev.qudag.consensus.attestation;

import static dev.qudag.consensus.attestation.TestingAuthors.approve;
import static dev.qudag.consensus.attestation.TestingAuthors.digest;
import static dev.qudag.consensus.attestation.TestingAuthors.link;
import static dev.qudag.consensus.attestation.TestingAuthors.reject;
import static dev.qudag.consensus.attestation.TestingAuthors.vertex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All that travels or is stored: written, read, damaged; and its bytes as published. */
class AttestationEncodingTest {
  private static final int SHOWN_WHOLE = 512;
  private static final Vertex FIRST = vertex(1, List.of(), approve("d"), reject("e"));
  private static final Vertex SECOND =
      vertex(1, List.of(link(FIRST), new ParentLink(2, 7, digest("seen"))), approve("f"));
  private static final DagEquivocation EVIDENCE =
      DagEquivocation.of(FIRST, vertex(1, List.of(), reject("d")));
  private static final Frontier FRONTIER =
      new Frontier(
          TestingAuthors.CHAIN,
          0,
          List.of(
              new Frontier.Extent(0, 0, Digest.ZERO, false),
              new Frontier.Extent(3, 9, digest("last"), true)));

  record Case(Object value, byte[] encoded, Function<byte[], Object> decode) {}

  static Stream<Arguments> cases() {
    return Stream.of(
        row("vertex", SECOND, SECOND.encode(), Vertex::decode),
        row("vertex message", SECOND, SECOND.toBytes(), DagMessage::ofBytes),
        row("frontier message", FRONTIER, FRONTIER.toBytes(), DagMessage::ofBytes),
        row("evidence", EVIDENCE, EVIDENCE.encode(), DagEquivocation::decode),
        row("evidence message", EVIDENCE, EVIDENCE.toBytes(), DagMessage::ofBytes),
        record("accepted", new DagRecord.Accepted(SECOND)),
        record("ended", new DagRecord.Ended(List.of(digest("d"), digest("e")))),
        record("convicted", new DagRecord.Convicted(EVIDENCE)),
        record("raised", new DagRecord.Raised(2, 5, digest("before"))));
  }

  private static Arguments record(String name, DagRecord entry) {
    return row(name, entry, entry.encode(), DagRecord::decode);
  }

  private static Arguments row(
      String name, Object value, byte[] encoded, Function<byte[], Object> decode) {
    return Arguments.of(Named.of(name, new Case(value, encoded, decode)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsWhatWasWritten(Case one) {
    assertThat(one.decode.apply(one.encoded)).isEqualTo(one.value);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aDamagedOneIsRefusedOrAnother(Case one) {
    long seed = 20_261_122;
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      byte[] changed = one.encoded.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(one.decode.apply(changed)).as("seed %d", seed).isNotEqualTo(one.value);
      } catch (MalformedEncodingException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesToBeCutOrExtended(Case one) {
    for (int length = 0; length < one.encoded.length; length += 1 + length / 50) {
      byte[] cut = Arrays.copyOf(one.encoded, length);
      assertThatExceptionOfType(MalformedEncodingException.class)
          .isThrownBy(() -> one.decode.apply(cut));
    }
    byte[] longer = Arrays.copyOf(one.encoded, one.encoded.length + 1);
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(() -> one.decode.apply(longer));
  }

  /** Of docs/reference/encodings.md: a change there breaks every chain that exists. */
  @Test
  void everyEncodingIsAsPublished() throws IOException {
    StringBuilder out = new StringBuilder();
    line(out, "vertex", SECOND.header().encode());
    line(out, "vertex-body", SECOND.body().encode());
    line(out, "signed-vertex", SECOND.encode());
    line(out, "vertex digest", SECOND.digest().bytes());
    line(out, "dag-equivocation", EVIDENCE.encode());
    line(out, "frontier", FRONTIER.encode());
    line(out, "dag-message", FRONTIER.toBytes());
    line(out, "dag-record", new DagRecord.Raised(2, 5, digest("before")).encode());
    assertThat(out).hasToString(published());
  }

  private static void line(StringBuilder out, String name, byte[] bytes) {
    out.append(name).append("\n  ").append(bytes.length).append(" bytes, SHA-256 ");
    out.append(Digest.sha256(bytes)).append('\n');
    if (bytes.length <= SHOWN_WHOLE) {
      out.append("  ").append(HexFormat.of().formatHex(bytes)).append('\n');
    }
  }

  private static String published() throws IOException {
    try (InputStream in =
        AttestationEncodingTest.class.getResourceAsStream("/vectors/attestation.txt")) {
      return new String(
          Objects.requireNonNull(in, "vectors").readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
