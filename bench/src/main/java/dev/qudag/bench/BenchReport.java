package dev.qudag.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The figures of a bench: {@code target/bench/<name>.json} in the repository's root. Beside the
 * figures stand the conditions: commit, cores, JDK, date, sizes. Every key names its unit; {@code
 * n4.p50_ms} is the key {@code p50_ms} in the object {@code n4}.
 *
 * <p>Several benches may add to one report: what is in the file stays.
 */
public final class BenchReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final Path ROOT =
      Path.of(System.getProperty("qudag.root", "..")).toAbsolutePath().normalize();

  private final Path file;
  private final ObjectNode report;

  private BenchReport(Path file, ObjectNode report) {
    this.file = file;
    this.report = report;
  }

  /** The report of this name, with what other benches wrote in it. */
  public static BenchReport open(String name) throws IOException {
    Path file = ROOT.resolve("target/bench/" + name + ".json");
    ObjectNode report =
        Files.exists(file)
            ? (ObjectNode) JSON.readTree(file.toFile())
            : JSON.createObjectNode().set("conditions", JSON.createObjectNode());
    return new BenchReport(file, report)
        .condition("commit", commit())
        .condition("cores", Runtime.getRuntime().availableProcessors())
        .condition("jdk", Runtime.version().toString())
        .condition("date", Instant.now().toString());
  }

  /** Says under which condition the figures hold: a size, a setting. */
  public BenchReport condition(String key, Object value) {
    set("conditions." + key, value);
    return this;
  }

  /** A figure; a fraction is rounded to three digits after the point. */
  public BenchReport put(String key, Object value) {
    set(key, value);
    return this;
  }

  private void set(String key, Object value) {
    String[] path = key.split("\\.", -1);
    ObjectNode at = report;
    for (int i = 0; i < path.length - 1; i++) {
      at = at.withObject("/" + path[i]);
    }
    at.putPOJO(
        path[path.length - 1],
        value instanceof Double fraction ? Math.round(fraction * 1000) / 1000.0 : value);
  }

  /** Writes the file, and prints it. */
  public void write() throws IOException {
    Files.createDirectories(file.getParent());
    JSON.writeValue(file.toFile(), report);
    System.out.println(file + "\n" + Files.readString(file));
  }

  private static String commit() throws IOException {
    Process git =
        new ProcessBuilder("git", "rev-parse", "HEAD")
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
