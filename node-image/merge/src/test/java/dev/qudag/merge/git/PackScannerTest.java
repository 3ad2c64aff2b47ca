package dev.qudag.merge.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.merge.Refusal;
import dev.qudag.merge.tree.TreeLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class PackScannerTest {
  private static final TreeLimits LIMITS = new TreeLimits(10, 1000, 2000, 100, 5000, 3, 2500);
  private static final int BLOB = 3;
  private static final int REF_DELTA = 7;

  @Test
  void aPackWithinTheLimitsPasses() throws IOException {
    assertThat(scan(2, object(BLOB, 1000, new byte[1000]), object(BLOB, 5, new byte[5]))).isEmpty();
  }

  @Test
  void aDeclaredSizeIsEnoughToRefuse() throws IOException {
    var twoGigabytes = object(BLOB, 2L << 30, new byte[0]);

    assertThat(scan(1, twoGigabytes))
        .hasValueSatisfying(
            r ->
                assertThat(r.message())
                    .isEqualTo(
                        "the bundle has an object of 2147483648 bytes, at most 1000 are allowed"));
  }

  @Test
  void anObjectThatGrowsBeyondItsDeclarationIsABomb() throws IOException {
    assertThat(scan(1, object(BLOB, 10, new byte[10_000_000])))
        .hasValueSatisfying(
            r -> assertThat(r.message()).contains("unpacks to more than the 10 bytes it declares"));
  }

  @Test
  void aDeltaIsJudgedByItsResult() throws IOException {
    // base size 1, result size 2^21, then whatever
    var delta = new byte[] {1, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1, 0};

    assertThat(scan(1, object(REF_DELTA, delta.length, delta)))
        .hasValueSatisfying(r -> assertThat(r.message()).contains("an object of 2097152 bytes"));
  }

  @Test
  void aDeltaOfAbsurdSizeIsRefused() throws IOException {
    var delta = new byte[20];
    Arrays.fill(delta, (byte) 0xff);
    delta[0] = 1;

    assertThat(scan(1, object(REF_DELTA, delta.length, delta))).isPresent();
  }

  @Test
  void theSumAndTheNumberAreLimited() throws IOException {
    var large = object(BLOB, 1000, new byte[1000]);

    assertThat(scan(3, large, large, large))
        .hasValueSatisfying(
            r -> assertThat(r.message()).contains("more than 2500 bytes when unpacked"));
    assertThat(scan(0xffff_ffff))
        .hasValueSatisfying(r -> assertThat(r.message()).contains("4294967295 objects"));
  }

  @Test
  void aPackThatEndsEarlyIsNoPack() {
    assertThatThrownBy(() -> scan(2, object(BLOB, 5, new byte[5]))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> scan(1, object(BLOB, 6, new byte[5]))).isInstanceOf(IOException.class);
    assertThatThrownBy(
            () ->
                PackScanner.scan(
                    new ByteArrayInputStream(
                        "PACKx".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                    LIMITS))
        .isInstanceOf(IOException.class);
  }

  private static Optional<Refusal> scan(int count, byte[]... objects) throws IOException {
    var pack = new ByteArrayOutputStream();
    pack.write(ByteBuffer.allocate(12).putInt(0x5041434b).putInt(2).putInt(count).array());
    for (var object : objects) {
      pack.write(object);
    }
    return PackScanner.scan(new ByteArrayInputStream(pack.toByteArray()), LIMITS);
  }

  private static byte[] object(int type, long declared, byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    var first = (int) (type << 4 | (declared & 15));
    var rest = declared >>> 4;
    out.write(rest > 0 ? first | 0x80 : first);
    while (rest > 0) {
      out.write((int) (rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
      rest >>>= 7;
    }
    if (type == REF_DELTA) {
      out.write(new byte[20]);
    }
    try (var deflater = new DeflaterOutputStream(out)) {
      deflater.write(content);
    }
    return out.toByteArray();
  }
}
