package dev.qudag.api.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.qudag.api.v1alpha1.Swarm;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrdYamlTest {
  private static final Path COMMITTED = Path.of("src/main/resources/META-INF/qudag");
  private static final Path REFERENCE = Path.of("../docs/reference/kinds.md");
  private static final int MOST_BYTES = 200_000;

  /** {@code make charts} runs this class to write what it then compares. */
  @BeforeAll
  static void writeWhenAsked() throws IOException {
    if (Boolean.getBoolean("qudag.generate")) {
      GenerateCrds.write(COMMITTED, REFERENCE);
    }
  }

  @Test
  void committedYamlIsWhatTheRecordsSay() throws IOException {
    var committed = new TreeMap<String, String>();
    try (Stream<Path> files = Files.list(COMMITTED)) {
      for (Path file : files.toList()) {
        committed.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(committed)
        .as("the records and the committed CRDs differ: run `%s`", GenerateCrds.COMMAND)
        .isEqualTo(GenerateCrds.files());
  }

  @Test
  void committedReferenceIsWhatTheRecordsSay() throws IOException {
    assertThat(Files.readString(REFERENCE))
        .as("the records and the reference differ: run `%s`", GenerateCrds.COMMAND)
        .isEqualTo(KindReference.markdown(GenerateCrds.definitions()));
  }

  /** Fault 1 of docs/adr/0002-dependencies.md: if the generator mends it, the tidying can go. */
  @Test
  void generatorStillEmitsTheRulesOfAComponentTwice() {
    assertThat(repeatedRules(GenerateCrds.generated(Swarm.class))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void everyRuleStandsOnce(CustomResourceDefinition crd) {
    assertThat(repeatedRules(crd)).isEmpty();
  }

  /** Fault 2 of docs/adr/0002-dependencies.md. */
  @ParameterizedTest
  @MethodSource("definitions")
  void listsOfNamedThingsAreMaps(CustomResourceDefinition crd) {
    var unkeyed = new ArrayList<String>();
    walk(
        crd,
        (path, schema) ->
            SchemaTidier.items(schema).stream()
                .filter(items -> items.getRequired() != null)
                .filter(
                    items -> items.getRequired().contains("name") || path.endsWith(".conditions"))
                .filter(items -> !"map".equals(schema.getXKubernetesListType()))
                .forEach(items -> unkeyed.add(path)));
    assertThat(unkeyed).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void conditionsAreAMapByType(CustomResourceDefinition crd) {
    JSONSchemaProps status = root(crd).getProperties().get("status");
    JSONSchemaProps conditions = status.getProperties().get("conditions");
    assertThat(conditions.getXKubernetesListType()).isEqualTo("map");
    assertThat(conditions.getXKubernetesListMapKeys()).containsExactly("type");
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void everythingOfManyIsBounded(CustomResourceDefinition crd) {
    var unbounded = new ArrayList<String>();
    walk(
        crd,
        (path, schema) -> {
          if (!isBounded(schema)) {
            unbounded.add(path);
          }
        });
    assertThat(unbounded).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void everyFieldIsDescribed(CustomResourceDefinition crd) {
    var silent = new ArrayList<String>();
    walk(
        crd,
        (path, schema) ->
            SchemaTidier.properties(schema).entrySet().stream()
                .filter(field -> !path.isEmpty() && field.getValue().getDescription() == null)
                .forEach(field -> silent.add(path + "." + field.getKey())));
    assertThat(silent).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void everyRuleSaysTheRemedy(CustomResourceDefinition crd) {
    var silent = new ArrayList<String>();
    walk(
        crd,
        (path, schema) ->
            rules(schema).stream()
                .filter(rule -> !rule.message().contains(":"))
                .forEach(rule -> silent.add(path + ": " + rule)));
    assertThat(silent)
        .as("rules whose message does not read '<what is wrong>: <what to do>'")
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void printsAtMostSixColumnsAgeLast(CustomResourceDefinition crd) {
    var columns = crd.getSpec().getVersions().getFirst().getAdditionalPrinterColumns();
    assertThat(columns).hasSizeLessThanOrEqualTo(6);
    assertThat(columns.getLast().getName()).isEqualTo("Age");
    assertThat(crd.getSpec().getNames().getCategories()).containsExactly("qudag");
  }

  /** Above it, plain {@code kubectl apply} cannot keep the object in its annotation. */
  @ParameterizedTest
  @MethodSource("definitions")
  void fitsIntoAnAnnotation(CustomResourceDefinition crd) throws IOException {
    assertThat(new ObjectMapper().writeValueAsBytes(crd)).hasSizeLessThanOrEqualTo(MOST_BYTES);
  }

  static List<CustomResourceDefinition> definitions() {
    return GenerateCrds.definitions();
  }

  private static boolean isBounded(JSONSchemaProps schema) {
    if (SchemaTidier.items(schema).size() + SchemaTidier.values(schema).size() > 0) {
      return schema.getMaxItems() != null || schema.getMaxProperties() != null;
    }
    boolean text = "string".equals(schema.getType()) && schema.getEnum().isEmpty();
    return !text || schema.getMaxLength() != null;
  }

  private static List<String> repeatedRules(CustomResourceDefinition crd) {
    var repeated = new ArrayList<String>();
    walk(
        crd,
        (path, schema) -> {
          Set<Rule> seen = new HashSet<>();
          rules(schema).stream().filter(rule -> !seen.add(rule)).forEach(r -> repeated.add(path));
        });
    return repeated;
  }

  private record Rule(String rule, String message) {}

  private static List<Rule> rules(JSONSchemaProps schema) {
    return schema.getXKubernetesValidations() == null
        ? List.of()
        : schema.getXKubernetesValidations().stream()
            .map(rule -> new Rule(rule.getRule(), rule.getMessage()))
            .toList();
  }

  private static JSONSchemaProps root(CustomResourceDefinition crd) {
    return crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
  }

  private static void walk(
      CustomResourceDefinition crd, BiConsumer<String, JSONSchemaProps> visitor) {
    walk("", root(crd), visitor);
  }

  private static void walk(
      String path, JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> visitor) {
    visitor.accept(path, schema);
    SchemaTidier.properties(schema)
        .forEach((name, field) -> walk(path + "." + name, field, visitor));
    SchemaTidier.items(schema).forEach(items -> walk(path + "[]", items, visitor));
    SchemaTidier.values(schema).forEach(values -> walk(path + "{}", values, visitor));
  }
}
