package dev.qudag.node.workspace.desk;

/** Answers the agent; may block until a proposal has ended. */
public interface Desk {
  Answer answer(Request request);
}
