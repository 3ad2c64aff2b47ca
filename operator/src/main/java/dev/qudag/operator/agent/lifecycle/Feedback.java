package dev.qudag.operator.agent.lifecycle;

/**
 * Feedback that an agent was given: it opens a revision.
 *
 * @param attempt the first attempt that could read it
 * @param proposal the proposal that it is about
 */
public record Feedback(int attempt, String proposal) {}
