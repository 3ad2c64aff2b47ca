package dev.qudag.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.operator.status.Conditions;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What an object says of itself. It may not have said it yet: a test that waits asks again. */
public final class TestingConditions {
  private TestingConditions() {}

  /** The condition {@code type}; an assertion fails while the object does not show it. */
  public static <S> Condition condition(
      CustomResource<?, S> object, Function<S, List<Condition>> conditions, String type) {
    assertThat(object.getStatus()).as("status of " + object.getMetadata().getName()).isNotNull();
    Optional<Condition> found = Conditions.find(conditions.apply(object.getStatus()), type);
    assertThat(found).as("condition " + type).isPresent();
    return found.get();
  }
}
