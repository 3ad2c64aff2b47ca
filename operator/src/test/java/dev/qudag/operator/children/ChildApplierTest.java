package dev.qudag.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

class ChildApplierTest {
  private static boolean contains(String there, String wanted) throws Exception {
    YAMLMapper yaml = new YAMLMapper();
    return ChildApplier.contains(
        yaml.readValue(there, JsonNode.class), yaml.readValue(wanted, JsonNode.class));
  }

  @Test
  void overlooksWhatTheApiServerAdds() throws Exception {
    assertThat(
            contains(
                "{a: {b: 1, default: 2}, list: [{x: 1, y: 2}]}", "{a: {b: 1}, list: [{x: 1}]}"))
        .isTrue();
  }

  @Test
  void seesAChangedAMissingAndASuperfluousValue() throws Exception {
    assertThat(contains("{a: 2}", "{a: 1}")).isFalse();
    assertThat(contains("{}", "{a: 1}")).isFalse();
    assertThat(contains("{list: [1, 2]}", "{list: [1]}")).isFalse();
  }

  @Test
  void takesAnEmptyObjectForOneThatIsLeftOut() throws Exception {
    assertThat(contains("{}", "{emptyDir: {}}")).isTrue();
  }
}
