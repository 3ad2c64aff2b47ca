package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The stored files are the published ones, and a vector that no test knows is not passed over. */
class PublishedVectorsTest {

  @Test
  void storesWhatWasPublishedToTheByte() throws Exception {
    TreeMap<String, String> stated = new TreeMap<>();
    for (String line : Files.readAllLines(folder().resolve("SHA256SUMS"))) {
      String[] digestAndPath = line.split(" {2}", 2);
      stated.put(digestAndPath[1], digestAndPath[0]);
    }
    TreeMap<String, String> found = new TreeMap<>();
    for (PublishedFile file : PublishedFile.values()) {
      found.put(
          file.path(),
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file.bytes())));
    }
    assertThat(found).isEqualTo(stated);
  }

  @Test
  void hasANameForEveryStoredFile() throws Exception {
    Path folder = folder();
    Set<String> stored = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .map(file -> folder.relativize(file).toString())
          .filter(file -> file.endsWith(".gz"))
          .forEach(stored::add);
    }
    assertThat(Arrays.stream(PublishedFile.values()).map(file -> file.path() + ".gz"))
        .containsExactlyInAnyOrderElementsOf(stored);
  }

  @Test
  void refusesAKindOfGroupThatNoTestKnows() throws IOException {
    JsonNode file = wycheproof(2, group("MlDsaVerify", 1), group("MlDsaHedge", 1));
    assertThatThrownBy(() -> PublishedVectors.wycheproof(file, Set.of("MlDsaVerify")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("kinds of groups")
        .hasMessageContaining("MlDsaHedge");
  }

  @Test
  void refusesAFileThatLostAKindOfGroup() throws IOException {
    JsonNode file = wycheproof(1, group("MlDsaVerify", 1));
    assertThatThrownBy(() -> PublishedVectors.wycheproof(file, Set.of("MlDsaVerify", "MlDsaSign")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("MlDsaSign");
  }

  @Test
  void refusesAFileWithFewerVectorsThanItSays() throws IOException {
    JsonNode file = wycheproof(3, group("MlDsaVerify", 2));
    assertThatThrownBy(() -> PublishedVectors.wycheproof(file, Set.of("MlDsaVerify")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("as many vectors as the file says");
  }

  @Test
  void refusesAVerdictThatIsNeitherValidNorInvalid() throws IOException {
    JsonNode file = wycheproof(1, group("MlDsaVerify", 1).replace("\"valid\"", "\"acceptable\""));
    assertThatThrownBy(() -> PublishedVectors.wycheproof(file, Set.of("MlDsaVerify")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("acceptable");
  }

  @Test
  void refusesAPromptWithoutAResultAndAResultWithoutAPrompt() throws IOException {
    assertThatThrownBy(() -> acvp("{\"tcId\": 1}, {\"tcId\": 2}", "{\"tcId\": 1}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the result of tcId 2");
    assertThatThrownBy(() -> acvp("{\"tcId\": 1}", "{\"tcId\": 1}, {\"tcId\": 2}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("results of no vector");
  }

  @Test
  void refusesAResultThatContradictsItsPrompt() {
    assertThatThrownBy(() -> acvp("{\"tcId\": 1, \"c\": \"00\"}", "{\"tcId\": 1, \"c\": \"01\"}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("c of tcId 1");
  }

  @Test
  void failsWhenAnotherNumberWasCheckedOrSetApart() throws IOException {
    PublishedVectors two =
        PublishedVectors.wycheproof(wycheproof(2, group("MlDsaVerify", 2)), Set.of("MlDsaVerify"));
    assertThatThrownBy(() -> two.check(1, 0, vector -> {}))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("vectors checked");
    assertThatThrownBy(
            () -> two.expressible(vector -> vector.text("tcId").equals("1")).check(1, 0, v -> {}))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("vectors that cannot be expressed");
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(PublishedVectorsTest.class.getResource("/vectors")).toURI());
  }

  private static String group(String type, int vectors) {
    List<String> tests =
        Stream.iterate(1, id -> id + 1)
            .limit(vectors)
            .map(id -> "{\"tcId\": %d, \"result\": \"valid\"}".formatted(id))
            .toList();
    return "{\"type\": \"%s\", \"tests\": %s}".formatted(type, tests);
  }

  private static JsonNode wycheproof(int vectors, String... groups) throws IOException {
    return new ObjectMapper()
        .readTree(
            "{\"numberOfTests\": %d, \"testGroups\": %s}"
                .formatted(vectors, Arrays.toString(groups)));
  }

  private static PublishedVectors acvp(String prompts, String results) throws IOException {
    String file =
        "{\"testGroups\": [{\"parameterSet\": \"P\", \"testType\": \"AFT\", \"tests\": [%s]}]}";
    return PublishedVectors.acvp(
        new ObjectMapper().readTree(file.formatted(prompts)),
        new ObjectMapper().readTree(file.formatted(results)),
        Set.of("P AFT"));
  }
}
