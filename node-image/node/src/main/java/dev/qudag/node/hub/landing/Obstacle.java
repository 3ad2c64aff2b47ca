package dev.qudag.node.hub.landing;

import dev.qudag.merge.ObjectId;

/**
 * What of upstream keeps commits from landing.
 *
 * @param reason as in a Swarm's conditions
 * @param message what is wrong, and what to do
 */
public record Obstacle(String reason, String message) {
  /** It ends by itself; every other obstacle needs a person. */
  public static final String UNREACHABLE = "UpstreamUnreachable";

  public static final String REFUSED = "UpstreamRefused";
  public static final String REWRITTEN = "UpstreamRewritten";
  public static final String UNFIT = "UpstreamUnfit";

  static Obstacle unreachable(String why) {
    return new Obstacle(
        UNREACHABLE, "Upstream cannot be reached, and nothing lands until it can: " + why);
  }

  static Obstacle refused(String words) {
    return new Obstacle(
        REFUSED,
        "Upstream refuses what was decided: "
            + words
            + ". Change the rule there, or let the hub's account pass it; then landing goes on");
  }

  static Obstacle rewritten(String branch, ObjectId ours, ObjectId theirs) {
    return new Obstacle(
        REWRITTEN,
        "Upstream's %s is at %s, which does not build on %s: somebody rewrote it. Put %s back there (git push --force), then landing goes on; or make a new Swarm"
            .formatted(branch, theirs, ours, ours));
  }

  static Obstacle gone(String branch, ObjectId ours) {
    return new Obstacle(
        REWRITTEN,
        "Upstream has no %s any more: put %s back there, then landing goes on; or make a new Swarm"
            .formatted(branch, ours));
  }

  static Obstacle unfit(String why) {
    return new Obstacle(
        UNFIT,
        "Upstream's branch holds what the swarm does not take in: "
            + why
            + ". Take it out of the branch there, then landing goes on");
  }
}
