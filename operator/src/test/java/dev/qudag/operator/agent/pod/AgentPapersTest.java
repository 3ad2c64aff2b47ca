package dev.qudag.operator.agent.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.operator.agent.lifecycle.Feedback;
import dev.qudag.operator.agent.lifecycle.Proposed;
import dev.qudag.operator.agent.lifecycle.Proposed.Evidence;
import dev.qudag.operator.agent.lifecycle.Proposed.FailedCheck;
import dev.qudag.operator.agent.lifecycle.Proposed.Outcome;
import dev.qudag.operator.node.SwarmKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an agent reads of each refusal. */
class AgentPapersTest {
  private static final Agent WRITER =
      Serialization.unmarshal(
          """
          apiVersion: qudag.dev/v1alpha1
          kind: Agent
          metadata: {name: writer, namespace: team, uid: a-uid}
          """,
          Agent.class);

  @Test
  void aFailedCheckComesWithItsExitCodeAndTheEndOfItsLog() throws JsonProcessingException {
    var check = new FailedCheck("tests", Optional.of(3), "FAIL repeat");

    assertThat(feedback("CheckFailed", new Evidence(Optional.of(check), List.of())))
        .containsEntry("proposal", "mp-1")
        .containsEntry("message", "why")
        .containsEntry("check", "tests")
        .containsEntry("exitCode", 3)
        .containsEntry("log", "FAIL repeat")
        .doesNotContainKey("paths");
  }

  @Test
  void aCheckThatRanOutOfTimeHasNoExitCode() throws JsonProcessingException {
    var check = new FailedCheck("tests", Optional.empty(), "");

    assertThat(feedback("CheckFailed", new Evidence(Optional.of(check), List.of())))
        .containsEntry("check", "tests")
        .doesNotContainKey("exitCode");
  }

  @Test
  void aConflictComesWithItsPaths() throws JsonProcessingException {
    assertThat(
            feedback(
                "ConflictUnresolved", new Evidence(Optional.empty(), List.of("src/a.sh", "b"))))
        .containsEntry("paths", List.of("src/a.sh", "b"))
        .doesNotContainKey("check");
  }

  @Test
  void symbolsInConflictAreNamed() throws JsonProcessingException {
    var sentence = "both sides changed A.f in src/A.java";

    assertThat(
            feedback(
                "ConflictUnresolved",
                new Evidence(Optional.empty(), List.of("src/A.java"), List.of(sentence))))
        .containsEntry("paths", List.of("src/A.java"))
        .containsEntry("symbols", List.of(sentence));
  }

  @Test
  void aPersonsWordsAreTheMessage() throws JsonProcessingException {
    assertThat(feedback("Rejected", Evidence.NONE))
        .containsEntry("reason", "Rejected")
        .containsEntry("message", "why")
        .containsEntry("remedy", "Do what the message asks, and propose again.");
  }

  private static Map<String, Object> feedback(String reason, Evidence evidence)
      throws JsonProcessingException {
    ConfigMap paper =
        AgentPapers.feedback(
            WRITER,
            new SwarmKey("team", "demo"),
            new Feedback(2, "mp-1"),
            new Proposed("mp-1", 0, Outcome.REFUSED, reason, "why", evidence));
    return new ObjectMapper()
        .readValue(paper.getData().get(AgentPapers.FEEDBACK), new TypeReference<>() {});
  }
}
