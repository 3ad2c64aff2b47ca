package dev.qudag.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeEnvironmentTest {
  @Test
  void readsWhatTheOperatorSets() {
    var environment = NodeEnvironment.of(complete());

    assertThat(environment.name()).isEqualTo("s-v0");
    assertThat(environment.data()).isEqualTo(Path.of("/var/lib/qudag"));
    assertThat(environment.operatorTls().hex()).isEqualTo("ab".repeat(32));
    assertThat(environment.grpcPort()).isEqualTo(7443);
    assertThat(environment.crashPoints()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "QUDAG_NODE_NAME",
        "QUDAG_NAMESPACE",
        "QUDAG_SWARM",
        "QUDAG_SWARM_UID",
        "QUDAG_POD_NAME",
        "QUDAG_POD_UID",
        "QUDAG_OPERATOR_TLS_FINGERPRINT",
        "QUDAG_OPERATOR_KEY_FINGERPRINT"
      })
  void namesTheVariableThatIsMissing(String variable) {
    var variables = complete();
    variables.put(variable, " ");

    assertThatThrownBy(() -> NodeEnvironment.of(variables))
        .isInstanceOf(InvalidEnvironment.class)
        .hasMessage("environment variable " + variable + " is not set");
  }

  @Test
  void saysWhatAFingerprintLooksLike() {
    var variables = complete();
    variables.put("QUDAG_OPERATOR_TLS_FINGERPRINT", "abc");

    assertThatThrownBy(() -> NodeEnvironment.of(variables))
        .hasMessage(
            "environment variable QUDAG_OPERATOR_TLS_FINGERPRINT=abc: expected a SHA-256 in 64 hex digits");
  }

  @Test
  void saysWhichNumberIsNone() {
    var variables = complete();
    variables.put("QUDAG_GRPC_PORT", "many");

    assertThatThrownBy(() -> NodeEnvironment.of(variables))
        .hasMessage("environment variable QUDAG_GRPC_PORT=many: expected a whole number");
  }

  private static Map<String, String> complete() {
    Map<String, String> variables = new HashMap<>();
    variables.put("QUDAG_NODE_NAME", "s-v0");
    variables.put("QUDAG_NAMESPACE", "ns");
    variables.put("QUDAG_SWARM", "s");
    variables.put("QUDAG_SWARM_UID", "swarm-uid");
    variables.put("QUDAG_POD_NAME", "s-v0-0");
    variables.put("QUDAG_POD_UID", "pod-uid");
    variables.put("QUDAG_OPERATOR_TLS_FINGERPRINT", "AB".repeat(32));
    variables.put("QUDAG_OPERATOR_KEY_FINGERPRINT", "cd".repeat(32));
    return variables;
  }
}
