package dev.qudag.crypto;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Who computes ML-DSA-87 (FIPS 204): the JDK (the default, the faster one) or Bouncy Castle. Keys
 * and signatures are the same bytes with both.
 */
public enum SignatureProvider {
  JDK("JDK", Objects.requireNonNull(Security.getProvider("SUN"), "this JDK has no provider SUN")),
  BOUNCY_CASTLE("BouncyCastle", new BouncyCastleProvider());

  /** System property that chooses one: {@code JDK} or {@code BouncyCastle}. */
  public static final String SETTING = "qudag.crypto.provider";

  private final String settingValue;
  private final Provider provider;

  SignatureProvider(String settingValue, Provider provider) {
    this.settingValue = settingValue;
    this.provider = provider;
  }

  /**
   * The provider that the system property {@value #SETTING} names, the JDK when it is unset.
   *
   * @throws IllegalArgumentException when it names something else
   */
  public static SignatureProvider configured() {
    String wanted = System.getProperty(SETTING, JDK.settingValue);
    return Arrays.stream(values())
        .filter(
            value ->
                value.settingValue.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    SETTING + " is JDK or BouncyCastle, not \"" + wanted + "\""));
  }

  Provider jca() {
    return provider;
  }
}
