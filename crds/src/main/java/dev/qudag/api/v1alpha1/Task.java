package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What an agent is asked to do; it finds it in {@code /etc/qudag/task.json}. */
@ApiRecord
public record Task(
    @Required
        @Size(min = 1, max = 200)
        @JsonPropertyDescription("One line; the title of proposals that have none of their own.")
        String title,
    @Size(max = 32768) @JsonPropertyDescription("The whole task, as text for the agent.")
        String prompt,
    @Size(max = 64)
        @JsonPropertyDescription("Paths that the task is about, as a hint to the agent.")
        List<@Size(min = 1, max = 1024) String> paths) {
  public Task {
    paths = Absent.orEmpty(paths);
  }
}
