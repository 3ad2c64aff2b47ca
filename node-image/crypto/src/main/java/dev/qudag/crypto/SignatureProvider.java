package dev.qudag.crypto;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Objects;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Who computes ML-DSA-87 (FIPS 204): the JDK (the default, the faster one) or Bouncy Castle. Keys
 * and signatures are the same bytes with both.
 */
public enum SignatureProvider {
  JDK("JDK"),
  BOUNCY_CASTLE("BouncyCastle");

  /** System property that chooses one: {@code JDK} or {@code BouncyCastle}. */
  public static final String SETTING = "qudag.crypto.provider";

  private final String settingValue;

  SignatureProvider(String settingValue) {
    this.settingValue = settingValue;
  }

  /**
   * The provider that the system property {@value #SETTING} names, the JDK when it is unset.
   *
   * @throws IllegalArgumentException when it names something else
   */
  public static SignatureProvider configured() {
    String wanted = System.getProperty(SETTING, JDK.settingValue);
    return Arrays.stream(values())
        .filter(value -> value.settingValue.equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    SETTING + " is JDK or BouncyCastle, not \"" + wanted + "\""));
  }

  Provider jca() {
    return switch (this) {
      case JDK -> Sun.PROVIDER;
      case BOUNCY_CASTLE -> BouncyCastle.PROVIDER;
    };
  }

  private static final class Sun {
    static final Provider PROVIDER =
        Objects.requireNonNull(Security.getProvider("SUN"), "this JDK has no provider SUN");
  }

  /** Made when it is first used: it takes longer to load than all else here together. */
  private static final class BouncyCastle {
    static final Provider PROVIDER = new BouncyCastleProvider();
  }
}
