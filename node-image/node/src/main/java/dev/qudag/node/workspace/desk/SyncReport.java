package dev.qudag.node.workspace.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the last sync came to, as a file in the agent's folder.
 *
 * @param folder of requests and answers
 */
public record SyncReport(Path folder) {

  private static final String NAME = "sync.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where the agent finds it. */
  public String file() {
    return folder.resolve(NAME).toString();
  }

  /** Without a folder to write to, the answer itself has to do. */
  public void write(Map<String, Object> fields) {
    try {
      String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(fields) + "\n";
      AgentFolder.put(folder, NAME, json.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      // The agent may do what it likes with its folder; it has the same as the answer.
      return;
    }
  }
}
