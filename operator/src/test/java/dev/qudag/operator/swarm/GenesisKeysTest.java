package dev.qudag.operator.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.operator.swarm.GenesisMaker.Outcome;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of four validators and a hub that answer. */
class GenesisKeysTest {
  private static final VerifyingKey PERSON = SigningKey.generate().verifyingKey();

  private static Outcome make(String... adminKeys) {
    String line =
        Stream.of(adminKeys).collect(Collectors.joining("\", \"", "adminKeys: [\"", "\"]"));
    return makeWith(line);
  }

  private static Outcome makeWith(String line) {
    TestingSwarm swarm =
        new TestingSwarm()
            .withoutGenesis()
            .withPod("s-hub-0", "status: {phase: Running}")
            .withSpec(line);
    return new GenesisMaker(TestingSwarm.NODES.operator(), TestingSwarm.NODES)
        .make(swarm.observed());
  }

  private static String text(VerifyingKey key) {
    return Base64.getEncoder().encodeToString(key.bytes());
  }

  private static void assertRefused(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.NotYet.class,
            refused -> {
              assertThat(refused.why().kind()).isEqualTo(Finding.Kind.STALLED);
              assertThat(refused.why().reason()).isEqualTo("GenesisInvalid");
              assertThat(refused.why().message()).contains("make another Swarm");
            });
  }

  @Test
  void namesTheAdministrators() {
    assertThat(make(text(PERSON)))
        .isInstanceOfSatisfying(
            Outcome.Made.class,
            made -> assertThat(made.genesis().adminKeys()).containsExactly(PERSON));
  }

  @Test
  void saysWhetherTheBranchFollowsAnUpstream() {
    String repository = "repository: {branch: main, storage: {size: 1Gi, retention: Retain}%s}";
    String upstream = ", upstream: {url: \"https://git.example/library.git\"}";
    for (boolean follows : new boolean[] {true, false}) {
      assertThat(makeWith(repository.formatted(follows ? upstream : "")))
          .isInstanceOfSatisfying(
              Outcome.Made.class,
              made -> assertThat(made.genesis().hasUpstream()).isEqualTo(follows));
    }
  }

  @Test
  void saysThatAKeyIsNone() {
    assertRefused(make("abc"));
    assertRefused(make("abcde"));
  }

  @Test
  void saysThatAKeyStandsThereTwiceOrIsTheOperators() {
    assertRefused(make(text(PERSON), text(PERSON)));
    assertRefused(make(text(TestingSwarm.NODES.operator().verifyingKey())));
  }
}
