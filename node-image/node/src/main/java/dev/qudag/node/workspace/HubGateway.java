package dev.qudag.node.workspace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a workspace can ask of the hub. Every call throws {@link HubUnavailableException} when
 * nobody answers.
 */
public interface HubGateway {

  /**
   * Writes the branch as a bundle.
   *
   * @param haves commits that are here already
   * @return the file, or nothing when there is nothing new
   */
  Optional<Path> fetchBranch(List<String> haves, Path file);

  /**
   * Hands in a commit.
   *
   * @param limit how long all of it may take, with the wait for a hub that is away
   */
  Receipt submit(Submission submission, Duration limit);

  /** How a proposal stands; with {@code waits} the answer may take half a minute. */
  Outcome outcome(String proposal, boolean waits);

  /** Tells the hub where the workspace is, and answers the branch's head. */
  String heartbeat(Revision revision);

  /**
   * A commit on its way to the hub.
   *
   * @param bundle nothing when the branch holds the commit already
   * @param stacks it depends on the workspace's newest proposal that has not ended
   * @param priority that the agent asks for
   * @param candidate to be kept, not proposed
   * @param podUid of the pod whose last snapshot this is, else empty
   */
  record Submission(
      String commit,
      String title,
      Optional<Path> bundle,
      boolean stacks,
      int priority,
      boolean candidate,
      String podUid) {

    /** What a workspace leaves for a person to propose. */
    static Submission candidate(String commit, String title, Optional<Path> bundle, String podUid) {
      return new Submission(commit, title, bundle, false, 0, true, podUid);
    }
  }

  /** The hub's answer to a submission. */
  sealed interface Receipt {

    /**
     * It is on the disks of the hub, and a proposal also of f + 1 validators: from here it is not
     * lost.
     */
    record Accepted(String proposal) implements Receipt {}

    record Refused(String reason, String message) implements Receipt {}
  }

  /** How a proposal stands. */
  sealed interface Outcome {

    record Pending(String state) implements Outcome {}

    record Merged(String commit) implements Outcome {}

    /**
     * @param feedback JSON for the agent, may be empty
     */
    record Ended(String reason, String message, String feedback) implements Outcome {}
  }
}
