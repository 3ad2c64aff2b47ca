package dev.qudag.operator.validator;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.operator.golden.GoldenDirectory;
import dev.qudag.operator.pod.NodeSettings;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValidatorGoldenTest {
  private static final NodeSettings SETTINGS =
      new NodeSettings("localhost/qudag/node:dev", "aa".repeat(32), "bb".repeat(32), true);

  static List<GoldenDirectory> cases() {
    return GoldenDirectory.of("validator").toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makesExactlyTheseObjects(GoldenDirectory golden) {
    Validator validator = golden.in("validator", Validator.class);
    golden.check(ValidatorObjects.of(validator, golden.in("swarm", Swarm.class), SETTINGS, true));
  }
}
