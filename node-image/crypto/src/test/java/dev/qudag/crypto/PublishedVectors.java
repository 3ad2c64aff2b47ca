package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The vectors of one file in the folder that the system property {@value #FOLDER} names, none of
 * which is passed over in silence. src/test/resources/vectors/README.md says what belongs there.
 */
record PublishedVectors(List<PublishedVector> checked, List<PublishedVector> beyond) {
  static final String FOLDER = "qudag.vectors";

  /** Asserts what one vector says. */
  interface Check {
    void accept(PublishedVector vector) throws Exception;
  }

  /** A file of Wycheproof or of ACVP: groups of tests. */
  static PublishedVectors read(String file) throws IOException {
    List<PublishedVector> vectors = new ArrayList<>();
    for (JsonNode group : json(file).path("testGroups")) {
      group.path("tests").forEach(test -> vectors.add(new PublishedVector(group, test)));
    }
    return new PublishedVectors(vectors, List.of());
  }

  /** A file with one list of tests. */
  static PublishedVectors read(String file, String list) throws IOException {
    JsonNode root = json(file);
    List<PublishedVector> vectors = new ArrayList<>();
    root.path(list).forEach(test -> vectors.add(new PublishedVector(root, test)));
    return new PublishedVectors(vectors, List.of());
  }

  private static JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(Path.of(System.getProperty(FOLDER)).resolve(file).toFile());
  }

  /** Those of one parameter set, which ACVP keeps in one file with the others. */
  PublishedVectors of(String parameterSet) {
    return new PublishedVectors(
        checked.stream().filter(v -> v.text("parameterSet").equals(parameterSet)).toList(), beyond);
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
