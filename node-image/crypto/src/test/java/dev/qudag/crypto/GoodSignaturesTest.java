package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoodSignaturesTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  @Test
  void theLeastRecentlyUsedGivesWay() {
    GoodSignatures good = new GoodSignatures(2);
    Digest first = GoodSignatures.name(MESSAGE, new byte[] {1});
    Digest second = GoodSignatures.name(MESSAGE, new byte[] {2});
    Digest third = GoodSignatures.name(MESSAGE, new byte[] {3});
    good.add(first);
    good.add(second);
    assertThat(good.has(first)).isTrue();
    good.add(third);
    assertThat(good.has(second)).isFalse();
    assertThat(good.has(first)).isTrue();
    assertThat(good.has(third)).isTrue();
  }

  @Test
  void whereTheMessageEndsIsPartOfTheName() {
    assertThat(GoodSignatures.name(MESSAGE, new byte[] {4}))
        .isNotEqualTo(GoodSignatures.name(new byte[] {1, 2}, new byte[] {3, 4}));
  }

  @Test
  void aGoodSignatureVouchesForNoOther() {
    SigningKey key = SigningKey.generate();
    Bytes signature = key.sign(MESSAGE);
    byte[] changed = signature.toArray();
    changed[100] ^= 1;
    for (int i = 0; i < 2; i++) {
      assertThat(key.verifyingKey().verify(MESSAGE, signature)).isTrue();
      assertThat(key.verifyingKey().verify(MESSAGE, Bytes.of(changed))).isFalse();
      assertThat(key.verifyingKey().verify(new byte[] {1, 2}, signature)).isFalse();
      assertThat(SigningKey.generate().verifyingKey().verify(MESSAGE, signature)).isFalse();
    }
  }
}
