package dev.qudag.crypto.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CanonicalEncodingTest {
  private static final String TAG = "qudag.dev/v1/sample";

  /** One of each kind of field. */
  record Sample(
      int small,
      int number,
      long big,
      boolean flag,
      Bytes bytes,
      String text,
      Digest digest,
      List<String> list) {
    byte[] encode() {
      return CanonicalWriter.tagged(TAG)
          .int8(small)
          .int32(number)
          .int64(big)
          .bool(flag)
          .bytes(bytes)
          .text(text)
          .digest(digest)
          .list(list, CanonicalWriter::text)
          .toByteArray();
    }

    static Sample decode(byte[] encoded) {
      return CanonicalReader.read(
          TAG,
          encoded,
          in ->
              new Sample(
                  in.int8(),
                  in.int32(),
                  in.int64(),
                  in.bool(),
                  in.bytes(),
                  in.text(),
                  in.digest(),
                  in.list(CanonicalReader::text)));
    }
  }

  @Provide
  Arbitrary<Sample> samples() {
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
    Arbitrary<String> text =
        Arbitraries.strings().all().ofMaxLength(20).filter(CanonicalEncodingTest::isUnicode);
    return Combinators.combine(
            Arbitraries.integers().between(0, 255),
            Arbitraries.integers(),
            Arbitraries.longs(),
            Arbitraries.of(true, false),
            bytes.map(Bytes::of),
            text,
            bytes.map(Digest::sha256),
            text.list().ofMaxSize(5))
        .as(Sample::new);
  }

  private static boolean isUnicode(String text) {
    return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  @Property
  void readsWhatWasWritten(@ForAll("samples") Sample sample) {
    assertThat(Sample.decode(sample.encode())).isEqualTo(sample);
  }

  @Property(tries = 100)
  void refusesEveryTruncation(@ForAll("samples") Sample sample) {
    byte[] encoded = sample.encode();
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatExceptionOfType(MalformedEncodingException.class)
          .isThrownBy(() -> Sample.decode(cut));
    }
  }

  @Property
  void refusesBytesLeftOver(@ForAll("samples") Sample sample, @ForAll byte extra) {
    byte[] encoded = sample.encode();
    byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
    longer[encoded.length] = extra;
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(() -> Sample.decode(longer))
        .withMessage("1 bytes are left over");
  }

  /** Whatever is accepted is the only encoding of what it says. */
  @Property
  void acceptsNoSecondEncodingOfAValue(
      @ForAll("samples") Sample sample, @ForAll int place, @ForAll byte value) {
    byte[] changed = sample.encode();
    changed[Math.floorMod(place, changed.length)] = value;
    try {
      assertThat(Sample.decode(changed).encode()).isEqualTo(changed);
    } catch (MalformedEncodingException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  @Property
  void neverFailsOtherwiseOnRandomBytes(@ForAll byte[] bytes) {
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(() -> Sample.decode(bytes));
  }

  @Example
  void refusesAnotherTag() {
    byte[] other = CanonicalWriter.tagged("qudag.dev/v1/other").toByteArray();
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(() -> CanonicalReader.read(TAG, other, in -> ""))
        .withMessageContaining(TAG);
  }

  @Example
  void allocatesNothingOnTheWordOfALength() {
    byte[] claim = CanonicalWriter.untagged().int32(Integer.MAX_VALUE).toByteArray();
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(() -> CanonicalReader.readUntagged(claim, CanonicalReader::bytes))
        .withMessage("a length of 2147483647 where 0 bytes are left");
    byte[] negative = CanonicalWriter.untagged().int32(-1).toByteArray();
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(
            () -> CanonicalReader.readUntagged(negative, in -> in.list(CanonicalReader::bool)))
        .withMessage("a count of 4294967295 where 0 bytes are left");
  }

  @Example
  void refusesTextThatIsNotUtf8() {
    byte[] overlong =
        CanonicalWriter.untagged().bytes(new byte[] {(byte) 0xc0, (byte) 0x80}).toByteArray();
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(() -> CanonicalReader.readUntagged(overlong, CanonicalReader::text));
  }

  @Example
  void refusesToWriteAnUnpairedSurrogate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalWriter.untagged().text("\ud800"))
        .withMessageContaining("surrogate");
  }

  @Example
  void refusesABooleanOfTwo() {
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(() -> CanonicalReader.readUntagged(new byte[] {2}, CanonicalReader::bool));
  }
}
