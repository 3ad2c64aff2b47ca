package dev.qudag.api.generator;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.api.v1alpha1.Workspace;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes the CRDs and their reference page of the records: {@code make charts}. */
final class GenerateCrds {
  /** What a person runs after a change of a record. */
  static final String COMMAND = "make charts";

  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(Swarm.class, Agent.class, Workspace.class, Validator.class, MergeProposal.class);

  private static final String HEADER =
      "# Generated from the records in dev.qudag.api.v1alpha1: change those, then run "
          + COMMAND
          + "\n";

  private GenerateCrds() {}

  /** Writes a YAML file for each kind, and the reference page. */
  static void write(Path directory, Path reference) throws IOException {
    for (var file : files().entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
    Files.writeString(reference, KindReference.markdown(definitions()));
  }

  /** The files' content by name, {@code <plural>.qudag.dev.yaml}. */
  static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    for (CustomResourceDefinition crd : definitions()) {
      String yaml = Serialization.asYaml(crd).replaceFirst("^---\\n", "");
      files.put(crd.getMetadata().getName() + ".yaml", HEADER + yaml);
    }
    return files;
  }

  static List<CustomResourceDefinition> definitions() {
    return KINDS.stream().map(kind -> SchemaTidier.tidy(generated(kind), columns(kind))).toList();
  }

  private static List<String> columns(Class<?> kind) {
    return Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
        .map(AdditionalPrinterColumn::name)
        .toList();
  }

  /** What the generator makes of a kind, with its faults. */
  static CustomResourceDefinition generated(Class<? extends HasMetadata> kind) {
    var bytes = new ByteArrayOutputStream();
    new CRDGenerator()
        .customResourceClasses(List.of(kind))
        .forCRDVersions("v1")
        .withOutput(new Output(bytes))
        .generate();
    return Serialization.unmarshal(
        bytes.toString(StandardCharsets.UTF_8), CustomResourceDefinition.class);
  }

  private record Output(ByteArrayOutputStream bytes)
      implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return bytes;
    }

    @Override
    public void close() {}
  }
}
