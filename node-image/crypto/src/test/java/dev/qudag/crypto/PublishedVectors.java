package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The vectors of one published file, none of which is passed over in silence.
 *
 * @param checked those to check
 * @param beyond those that the provider, or this module, has no way to express
 */
record PublishedVectors(List<PublishedVector> checked, List<PublishedVector> beyond) {

  /** Asserts what one vector says. */
  interface Check {
    void accept(PublishedVector vector) throws Exception;
  }

  /** All of a file of Wycheproof. */
  static PublishedVectors wycheproof(PublishedFile file) throws IOException {
    return wycheproof(file.json(), file.kinds());
  }

  /** A file of Wycheproof says how many vectors it has, and of each whether it is valid. */
  static PublishedVectors wycheproof(JsonNode file, Set<String> kinds) {
    PublishedVectors vectors = grouped(file, kinds, group -> group.path("type").asText());
    assertThat(vectors.checked())
        .as("as many vectors as the file says")
        .hasSize(file.path("numberOfTests").asInt())
        .allSatisfy(vector -> assertThat(vector.text("result")).isIn("valid", "invalid"));
    return vectors;
  }

  /** All of a pair of files of ACVP, each vector with its result. */
  static PublishedVectors acvp(PublishedFile prompts, PublishedFile results) throws IOException {
    return acvp(prompts.json(), results.json(), prompts.kinds());
  }

  /** Each vector has one result, each result is of a vector, and none contradicts its prompt. */
  static PublishedVectors acvp(JsonNode prompts, JsonNode results, Set<String> kinds) {
    Map<Integer, JsonNode> resultOf = new HashMap<>();
    results
        .findValues("tests")
        .forEach(tests -> tests.forEach(test -> resultOf.put(test.path("tcId").asInt(), test)));
    PublishedVectors vectors = grouped(prompts, kinds, PublishedVectors::kindOfAcvp);
    vectors
        .checked()
        .forEach(
            vector -> {
              JsonNode result = resultOf.remove(vector.field("tcId").asInt());
              assertThat(result).as("the result of %s", vector).isNotNull();
              result
                  .properties()
                  .forEach(
                      field -> {
                        JsonNode replaced =
                            ((ObjectNode) vector.test()).replace(field.getKey(), field.getValue());
                        assertThat(replaced)
                            .as("%s of %s in its prompt", field.getKey(), vector)
                            .isIn(null, field.getValue());
                      });
            });
    assertThat(resultOf).as("results of no vector").isEmpty();
    return vectors;
  }

  private static String kindOfAcvp(JsonNode group) {
    return String.join(
            " ",
            group.path("parameterSet").asText(),
            group.path("testType").asText(),
            group.path("function").asText())
        .strip();
  }

  /** All of BLAKE3's, which has one list of cases. */
  static PublishedVectors blake3() throws IOException {
    JsonNode root = PublishedFile.BLAKE3.json();
    List<PublishedVector> vectors = new ArrayList<>();
    root.path("cases").forEach(test -> vectors.add(new PublishedVector(root, test)));
    return new PublishedVectors(vectors, List.of());
  }

  private static PublishedVectors grouped(
      JsonNode file, Set<String> kinds, Function<JsonNode, String> kindOf) {
    List<PublishedVector> vectors = new ArrayList<>();
    Set<String> found = new TreeSet<>();
    for (JsonNode group : file.path("testGroups")) {
      found.add(kindOf.apply(group));
      group.path("tests").forEach(test -> vectors.add(new PublishedVector(group, test)));
    }
    assertThat(found).as("kinds of groups").isEqualTo(kinds);
    return new PublishedVectors(vectors, List.of());
  }

  /** Sets those apart that a provider, or this module, has no way to express. */
  PublishedVectors expressible(Predicate<PublishedVector> canBe) {
    return new PublishedVectors(
        checked.stream().filter(canBe).toList(),
        checked.stream().filter(Predicate.not(canBe)).toList());
  }

  /**
   * Checks them all.
   *
   * @param count how many there must be to check
   * @param countBeyond how many there must be that cannot be expressed
   */
  void check(int count, int countBeyond, Check check) throws Exception {
    for (PublishedVector vector : checked) {
      check.accept(vector);
    }
    assertThat(checked).as("vectors checked").hasSize(count);
    assertThat(beyond).as("vectors that cannot be expressed").hasSize(countBeyond);
  }
}
