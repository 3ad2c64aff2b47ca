package dev.qudag.transport;

import dev.qudag.crypto.tls.PinnedTls;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Names of numbers of the TLS registry (IANA, TLS parameters): ours, and those a stranger offers.
 */
final class TlsNames {
  static final int X25519MLKEM768 = 0x11ec;
  static final int MLDSA87 = 0x0906;

  private static final Map<Integer, String> VERSIONS =
      Map.of(
          0x0301, "TLSv1", 0x0302, "TLSv1.1", Hello.TLS_1_2, "TLSv1.2", Hello.TLS_1_3, "TLSv1.3");
  private static final Map<Integer, String> GROUPS =
      Map.of(
          0x0017,
          "secp256r1",
          0x0018,
          "secp384r1",
          0x0019,
          "secp521r1",
          0x001d,
          "x25519",
          0x001e,
          "x448",
          0x0100,
          "ffdhe2048",
          0x0201,
          "MLKEM768",
          0x11eb,
          "SecP256r1MLKEM768",
          X25519MLKEM768,
          PinnedTls.GROUP);
  private static final Map<Integer, String> CIPHER_SUITES =
      Map.of(
          0x1301, "TLS_AES_128_GCM_SHA256",
          0x1302, PinnedTls.CIPHER_SUITE,
          0x1303, "TLS_CHACHA20_POLY1305_SHA256");

  private TlsNames() {}

  static String version(int number) {
    return name(VERSIONS, number);
  }

  static String group(int number) {
    return name(GROUPS, number);
  }

  static String cipherSuite(int number) {
    return name(CIPHER_SUITES, number);
  }

  /** Names of groups, one after the other; what has no name is left out. */
  static String knownGroups(List<Integer> numbers) {
    return numbers.stream()
        .filter(GROUPS::containsKey)
        .map(GROUPS::get)
        .collect(Collectors.joining(" "));
  }

  private static String name(Map<Integer, String> names, int number) {
    return names.getOrDefault(number, "0x%04x".formatted(number));
  }
}
