package dev.qudag.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.qudag.crypto.tls.PinnedTls;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HelloReaderTest {
  private static final byte[] OURS = clientHello();
  private static final String RETRY_RANDOM =
      "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

  @Test
  void readsWhatOurClientOffers() {
    assertThat(read(OURS, OURS.length).hello())
        .contains(
            new Hello.Client(
                List.of(Hello.TLS_1_3),
                List.of(TlsNames.X25519MLKEM768),
                List.of(TlsNames.MLDSA87)));
  }

  @Property
  void readsItInPiecesOfAnySize(@ForAll @IntRange(min = 1, max = 1400) int size) {
    assertThat(read(OURS, size).hello()).isEqualTo(read(OURS, OURS.length).hello());
  }

  @Property
  void takesAnyBytes(@ForAll @Size(max = 300) byte[] bytes) {
    assertThat(read(bytes, 7).hello()).isEmpty();
  }

  @Property
  void takesADamagedHello(@ForAll @IntRange(min = 0, max = 300) int position, @ForAll byte other) {
    byte[] damaged = OURS.clone();
    damaged[position] = other;
    assertThatCode(() -> read(damaged, 100)).doesNotThrowAnyException();
  }

  @Test
  void readsWhatAServerTook() {
    HelloReader reader = read(serverHello("00".repeat(32), "11ec"), 3);
    assertThat(reader.hello())
        .contains(new Hello.Server(Hello.TLS_1_3, 0x1302, TlsNames.X25519MLKEM768, false));
    assertThat(reader.retried()).isFalse();
  }

  @Test
  void passesOverTheWishForAnotherHello() {
    byte[] retry = serverHello(RETRY_RANDOM, "11ec");
    byte[] change = HexFormat.of().parseHex("140303000101");
    byte[] hello = serverHello("00".repeat(32), "001d");
    byte[] all =
        ByteBuffer.allocate(retry.length + change.length + hello.length)
            .put(retry)
            .put(change)
            .put(hello)
            .array();
    HelloReader reader = read(all, 11);
    assertThat(reader.retried()).isTrue();
    assertThat(reader.hello()).contains(new Hello.Server(Hello.TLS_1_3, 0x1302, 0x001d, false));
  }

  @Test
  void knowsAServerOfTls12ByItsHello() {
    String body = "0303" + "00".repeat(32) + "00" + "c02f" + "00";
    assertThat(read(record("02" + "000026" + body), 5).hello())
        .contains(new Hello.Server(Hello.TLS_1_2, 0xc02f, 0, false));
  }

  /** Version, random, no session, TLS_AES_256_GCM_SHA384, no compression; version 1.3, a share. */
  private static byte[] serverHello(String random, String group) {
    String extensions = "002b" + "0002" + "0304" + "0033" + "0002" + group;
    String body = "0303" + random + "00" + "1302" + "00" + "000c" + extensions;
    return record("02" + "000034" + body);
  }

  private static byte[] record(String message) {
    byte[] bytes = HexFormat.of().parseHex(message);
    return ByteBuffer.allocate(5 + bytes.length)
        .put((byte) 22)
        .putShort((short) Hello.TLS_1_2)
        .putShort((short) bytes.length)
        .put(bytes)
        .array();
  }

  private static HelloReader read(byte[] bytes, int pieceSize) {
    HelloReader reader = new HelloReader();
    for (int start = 0; start < bytes.length; start += pieceSize) {
      reader.take(ByteBuffer.wrap(bytes, start, Math.min(pieceSize, bytes.length - start)));
    }
    return reader;
  }

  private static byte[] clientHello() {
    try {
      SSLEngine engine = PinnedTls.context(Optional.empty(), any -> true).createSSLEngine();
      engine.setUseClientMode(true);
      ByteBuffer hello = ByteBuffer.allocate(32 * 1024);
      engine.wrap(ByteBuffer.allocate(0), hello);
      hello.flip();
      byte[] bytes = new byte[hello.remaining()];
      hello.get(bytes);
      return bytes;
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }
}
