package dev.qudag.node.fleet;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When validators approved of decisions, as their logs tell. */
final class Approvals {
  private static final Pattern APPROVED =
      Pattern.compile("\"ts\":\"([^\"]+)\".*\"msg\":\"APPROVE ([0-9a-f]{12}) ");

  private Approvals() {}

  /** By the first 12 digits of a decision: when so many had approved of it. */
  static Map<String, Instant> quorums(SwarmProcesses swarm, int quorum) throws IOException {
    Map<String, List<Instant>> approvals = new HashMap<>();
    for (int i = SwarmProcesses.HUB + 1; i < swarm.size(); i++) {
      for (String line : swarm.node(i).log().lines().toList()) {
        Matcher approved = APPROVED.matcher(line);
        if (approved.find()) {
          approvals
              .computeIfAbsent(approved.group(2), _ -> new ArrayList<>())
              .add(Instant.parse(approved.group(1)));
        }
      }
    }
    Map<String, Instant> quorums = new HashMap<>();
    approvals.forEach(
        (decision, times) -> {
          if (times.size() >= quorum) {
            quorums.put(decision, times.stream().sorted().toList().get(quorum - 1));
          }
        });
    return quorums;
  }
}
