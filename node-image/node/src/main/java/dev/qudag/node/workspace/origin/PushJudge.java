package dev.qudag.node.workspace.origin;

/** Decides about a pushed commit while the pusher waits. */
public interface PushJudge {

  /**
   * @param ref of the inbox that keeps the commit during the call
   */
  Verdict judge(Inbox inbox, String ref, String commit);

  /** What the pusher is told. */
  sealed interface Verdict {
    String message();
  }

  record Taken(String message) implements Verdict {}

  /**
   * @param reason one word, shown by git beside the refused ref
   * @param message reason and remedy in sentences
   */
  record Refused(String reason, String message) implements Verdict {}
}
