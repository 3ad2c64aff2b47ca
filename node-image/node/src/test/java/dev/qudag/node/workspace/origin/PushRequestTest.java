package dev.qudag.node.workspace.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PushRequestTest {

  private static final String OLD = "0".repeat(40);
  private static final String NEW = "a".repeat(40);

  @Test
  void readsTheCommandsAndLeavesThePack() throws IOException {
    var stream =
        stream(
            OLD + " " + NEW + " refs/heads/main\0 report-status side-band-64k agent=git\n", "PACK");

    var request = PushRequest.read(stream);

    assertThat(request.updates()).containsExactly(new PushRequest.Update(NEW, "refs/heads/main"));
    assertThat(request.capabilities()).contains("report-status", "side-band-64k");
    assertThat(request.objection()).isEmpty();
    assertThat(stream.readAllBytes()).asString().isEqualTo("PACK");
  }

  @Test
  void keepsTheBytesThatItRead() throws IOException {
    String line = OLD + " " + NEW + " refs/heads/main\0 report-status\n";

    var request = PushRequest.read(stream(line, ""));

    assertThat(request.raw())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("%04x%s0000".formatted(line.length() + 4, line));
  }

  @Test
  void aProbeHasNoCommands() throws IOException {
    assertThat(PushRequest.read(new ByteArrayInputStream(PktLine.FLUSH)).updates()).isEmpty();
  }

  @Test
  void objectsToDeletionsAndTags() throws IOException {
    assertThat(PushRequest.read(stream(NEW + " " + OLD + " refs/heads/main\0 x\n", "")).objection())
        .hasValueSatisfying(text -> assertThat(text).contains("deleted"));
    assertThat(PushRequest.read(stream(OLD + " " + NEW + " refs/tags/v1\0 x\n", "")).objection())
        .hasValueSatisfying(text -> assertThat(text).contains("only a branch"));
  }

  @Test
  void refusesWhatIsNoPush() {
    for (String bytes :
        new String[] {"", "00", "zzzz", "0003", "fffftoo short", "000cnot a push"}) {
      var stream = new ByteArrayInputStream(bytes.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> PushRequest.read(stream)).as(bytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesCommandsWithoutEnd() {
    var many = new ByteArrayOutputStream();
    for (int i = 0; i < 2000; i++) {
      many.writeBytes(PktLine.of(OLD + " " + NEW + " refs/heads/b" + i + "\n"));
    }
    assertThatThrownBy(() -> PushRequest.read(new ByteArrayInputStream(many.toByteArray())))
        .hasMessageContaining("more than 65536 bytes");
  }

  private static InputStream stream(String line, String rest) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(PktLine.of(line));
    bytes.writeBytes(PktLine.FLUSH);
    bytes.writeBytes(rest.getBytes(StandardCharsets.UTF_8));
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
