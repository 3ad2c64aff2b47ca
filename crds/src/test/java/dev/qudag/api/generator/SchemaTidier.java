package dev.qudag.api.generator;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says in the schema what the generator's annotations cannot (docs/adr/0002-dependencies.md, known
 * faults 1 and 2):
 *
 * <ul>
 *   <li>a rule stands once, though a record's field and accessor both carry its annotation;
 *   <li>a list of things with a required {@code name} (of conditions: {@code type}) is a map by
 *       that key, a list of names or globs is a set, so that several writers can own single
 *       entries;
 *   <li>an object without {@code spec} is refused, and columns are printed in the order of their
 *       annotations;
 *   <li>a quantity is a quantity: bounded in length, and of the right form.
 * </ul>
 */
final class SchemaTidier {
  private static final Set<String> SETS =
      Set.of("adminKeys", "agentSecrets", "autoResolve", "denyPaths");
  private static final String QUANTITY = "^[0-9]+([.][0-9]+)?(m|Ki|Mi|Gi|Ti|k|M|G|T)?$";

  private SchemaTidier() {}

  static CustomResourceDefinition tidy(CustomResourceDefinition crd, List<String> columns) {
    crd.getSpec()
        .getVersions()
        .forEach(
            version -> {
              JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
              root.setRequired(List.of("spec"));
              tidy("", root);
              version
                  .getAdditionalPrinterColumns()
                  .sort(Comparator.comparing(column -> columns.indexOf(column.getName())));
            });
    return crd;
  }

  private static void tidy(String name, JSONSchemaProps schema) {
    if (schema.getXKubernetesValidations() != null) {
      schema.setXKubernetesValidations(
          new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
    }
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
      schema.setMaxLength(32L);
      schema.setPattern(QUANTITY);
    }
    if (schema.getProperties() != null) {
      schema.getProperties().forEach(SchemaTidier::tidy);
    }
    items(schema).forEach(items -> tidyList(name, schema, items));
    values(schema).forEach(values -> tidy("", values));
  }

  private static void tidyList(String name, JSONSchemaProps list, JSONSchemaProps items) {
    String key = name.equals("conditions") ? "type" : "name";
    if (items.getRequired() != null && items.getRequired().contains(key)) {
      list.setXKubernetesListType("map");
      list.setXKubernetesListMapKeys(List.of(key));
    } else {
      list.setXKubernetesListType(SETS.contains(name) ? "set" : "atomic");
    }
    tidy("", items);
  }

  /** The schema of a list's entries, if it is a list. */
  static List<JSONSchemaProps> items(JSONSchemaProps schema) {
    return schema.getItems() == null ? List.of() : List.of(schema.getItems().getSchema());
  }

  /** The schema of a map's values, if it is a map. */
  static List<JSONSchemaProps> values(JSONSchemaProps schema) {
    return schema.getAdditionalProperties() == null
        ? List.of()
        : List.of(schema.getAdditionalProperties().getSchema());
  }

  static Map<String, JSONSchemaProps> properties(JSONSchemaProps schema) {
    return schema.getProperties() == null ? Map.of() : schema.getProperties();
  }
}
