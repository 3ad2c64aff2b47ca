package dev.qudag.consensus.chain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.chain.decision.LandedAs;
import dev.qudag.consensus.chain.policy.LandingPolicy.Method;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LandingPolicyTest {
  private static final String LINE =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB";
  private static final CommitKey KEY = CommitKey.parse(LINE + " someone@somewhere");

  @Test
  void theKeyIsReadFromTheLineOfSshKeygen() {
    byte[] ones = new byte[CommitKey.SIZE];
    Arrays.fill(ones, (byte) 1);

    assertThat(KEY.raw()).isEqualTo(Bytes.of(ones));
    assertThat(KEY).hasToString(LINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEB",
        "ssh-ed25519 BBBBC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB a\nb"
      })
  void anotherLineIsRefusedWithWhatIsExpected(String line) {
    assertThatThrownBy(() -> CommitKey.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ssh-keygen -t ed25519");
  }

  /** Chains that exist keep their ids, and each policy has one encoding. */
  @Test
  void aPlainPolicyIsEncodedAsBefore() {
    Policy plain = new Policy(List.of(), List.of("x"));
    assertThat(CanonicalReader.tagOf(plain.encode())).isEqualTo("qudag.dev/v1/policy");

    CanonicalWriter out = CanonicalWriter.tagged("qudag.dev/v3/policy");
    out.list(List.<String>of(), CanonicalWriter::text).list(List.of("x"), CanonicalWriter::text);
    out.list(Policy.AUTO_RESOLVE, CanonicalWriter::text);
    LandingPolicy.MERGE.writeTo(out);
    assertThatThrownBy(() -> Policy.decode(out.toByteArray()))
        .isInstanceOf(MalformedEncodingException.class);
  }

  @Test
  void anUnknownMethodIsRefused() {
    CanonicalWriter out = CanonicalWriter.untagged().text("Fast").bool(false).int32(0);

    assertThatThrownBy(
            () -> CanonicalReader.readUntagged(out.toByteArray(), LandingPolicy::readFrom))
        .isInstanceOf(MalformedEncodingException.class);
  }

  @Test
  void thereAreSignaturesWhereAKeyIsNamedAndNowhereElse() {
    LandingPolicy signed = new LandingPolicy(Method.MERGE, false, Optional.of(KEY));
    Bytes signature = Bytes.of(new byte[CommitKey.SIGNATURE_SIZE]);

    assertThat(new LandedAs(signed, List.of(signature)).signatures()).hasSize(1);
    assertThatThrownBy(() -> new LandedAs(signed, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LandedAs(LandingPolicy.MERGE, List.of(signature)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LandedAs(signed, List.of(Bytes.of((byte) 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
