package dev.qudag.operator.proposal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.operator.proposal.state.Progress;
import dev.qudag.operator.proposal.state.ProposalReason;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an agent is told of a proposal that ended without landing: JSON with proposal, reason,
 * message, remedy; of a check also check, exitCode (absent: out of time) and log; of a conflict
 * also files and paths, and symbols where lines merge.
 */
final class ProposalFeedback {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ProposalFeedback() {}

  static byte[] of(String proposal, Progress progress, ProposalReason reason, String message) {
    Map<String, Object> feedback = new LinkedHashMap<>();
    feedback.put("proposal", proposal);
    feedback.put("reason", reason.name());
    feedback.put("message", message);
    if (reason == ProposalReason.CheckFailed) {
      check(feedback, progress);
    }
    var conflicts = progress.conflicts();
    if (reason == ProposalReason.ConflictUnresolved && conflicts != null) {
      feedback.put("files", conflicts.files());
      feedback.put("paths", conflicts.paths());
      if (!conflicts.symbols().isEmpty()) {
        feedback.put("symbols", conflicts.symbols());
      }
    }
    feedback.put("remedy", reason.remedy());
    try {
      return JSON.writeValueAsString(feedback).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and numbers are JSON", e);
    }
  }

  private static void check(Map<String, Object> feedback, Progress progress) {
    progress.checks().stream()
        .filter(check -> check.result() == Result.Failed)
        .findFirst()
        .ifPresent(
            check -> {
              feedback.put("check", check.name());
              if (check.exitCode() != null) {
                feedback.put("exitCode", check.exitCode());
              }
              feedback.put("log", check.log() == null ? "" : check.log());
            });
  }
}
