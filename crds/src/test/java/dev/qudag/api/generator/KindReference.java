package dev.qudag.api.generator;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The reference page of the kinds, made of the same schema that the API server enforces. */
final class KindReference {
  private static final String HEADER =
      """
      # The kinds

      Group `qudag.dev`, version `v1alpha1`. Generated from the records in `crds/`; do not edit. Every field that is here
      has an effect; what the design plans beyond them comes with its work.
      """;

  private KindReference() {}

  static String markdown(List<CustomResourceDefinition> crds) {
    StringBuilder page = new StringBuilder(HEADER);
    for (CustomResourceDefinition crd : crds) {
      var version = crd.getSpec().getVersions().getFirst();
      var names = crd.getSpec().getNames();
      page.append("\n## %s (`%s`)\n".formatted(names.getKind(), names.getShortNames().getFirst()));
      JSONSchemaProps schema = version.getSchema().getOpenAPIV3Schema();
      for (String half : List.of("spec", "status")) {
        page.append("\n| %s | type | what |\n|---|---|---|\n".formatted(half));
        rows(schema.getProperties().get(half), "").forEach(page::append);
      }
    }
    return page.toString();
  }

  private static List<String> rows(JSONSchemaProps schema, String prefix) {
    List<String> rows = new ArrayList<>();
    List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
    for (Map.Entry<String, JSONSchemaProps> entry : properties(schema).entrySet()) {
      JSONSchemaProps field = entry.getValue();
      String name = prefix + entry.getKey();
      rows.add(
          "| `%s` | %s | %s |\n"
              .formatted(name, type(field), what(field, required.contains(entry.getKey()))));
      JSONSchemaProps item = SchemaTidier.items(field).stream().findFirst().orElse(field);
      String path = item == field ? name : name + "[]";
      rows.addAll(rows(item, path + "."));
    }
    return rows;
  }

  private static Map<String, JSONSchemaProps> properties(JSONSchemaProps schema) {
    return schema.getProperties() == null ? Map.of() : schema.getProperties();
  }

  private static String type(JSONSchemaProps field) {
    if (field.getEnum() != null && !field.getEnum().isEmpty()) {
      StringJoiner values = new StringJoiner(", ");
      field.getEnum().forEach(value -> values.add(value.asText()));
      return values.toString();
    }
    return SchemaTidier.items(field).stream()
        .findFirst()
        .map(item -> "list of " + item.getType())
        .orElse(field.getType() == null ? "quantity" : field.getType());
  }

  private static String what(JSONSchemaProps field, boolean required) {
    StringJoiner text = new StringJoiner(" ");
    if (field.getDescription() != null) {
      text.add(field.getDescription());
    }
    if (required) {
      text.add("Required.");
    }
    if (field.getDefault() != null && field.getDefault().isValueNode()) {
      text.add("Default `%s`.".formatted(field.getDefault().asText()));
    }
    if (field.getMinimum() != null && field.getMaximum() != null) {
      text.add("From %s to %s.".formatted(number(field.getMinimum()), number(field.getMaximum())));
    }
    for (ValidationRule rule : rules(field)) {
      text.add("Else refused: “%s”.".formatted(rule.getMessage()));
    }
    return text.toString().replace("|", "\\|");
  }

  private static List<ValidationRule> rules(JSONSchemaProps field) {
    return field.getXKubernetesValidations() == null
        ? List.of()
        : field.getXKubernetesValidations();
  }

  private static String number(double bound) {
    return Long.toString(Math.round(bound));
  }
}
