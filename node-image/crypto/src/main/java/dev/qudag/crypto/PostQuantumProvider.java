package dev.qudag.crypto;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Objects;

/**
 * Who computes ML-DSA-87 (FIPS 204) and ML-KEM-768 (FIPS 203): the JDK (the default, the faster
 * one) or Bouncy Castle. Keys, signatures and ciphertexts are the same bytes with both.
 */
public enum PostQuantumProvider {
  JDK("JDK"),
  BOUNCY_CASTLE("BouncyCastle");

  /** System property that chooses one: {@code JDK} or {@code BouncyCastle}. */
  public static final String SETTING = "qudag.crypto.provider";

  private final String settingValue;

  PostQuantumProvider(String settingValue) {
    this.settingValue = settingValue;
  }

  /**
   * The provider that the system property {@value #SETTING} names, the JDK when it is unset.
   *
   * @throws IllegalArgumentException when it names something else
   */
  public static PostQuantumProvider configured() {
    String wanted = System.getProperty(SETTING, JDK.settingValue);
    return Arrays.stream(values())
        .filter(value -> value.settingValue.equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    SETTING + " is JDK or BouncyCastle, not \"" + wanted + "\""));
  }

  /** Where ML-DSA-87 is found. */
  Provider signatures() {
    return switch (this) {
      case JDK -> Sun.SIGNATURES;
      case BOUNCY_CASTLE -> BouncyCastle.PROVIDER;
    };
  }

  /** Where ML-KEM-768 is found. */
  Provider encapsulation() {
    return switch (this) {
      case JDK -> Sun.ENCAPSULATION;
      case BOUNCY_CASTLE -> BouncyCastle.PROVIDER;
    };
  }

  private static final class Sun {
    static final Provider SIGNATURES = provider("SUN");
    static final Provider ENCAPSULATION = provider("SunJCE");

    private static Provider provider(String name) {
      return Objects.requireNonNull(
          Security.getProvider(name), () -> "this JDK has no provider " + name);
    }
  }
}
