/**
 * Agents: what runs, on which attempt, with which feedback, and what becomes of what it left.
 *
 * <p>{@link dev.qudag.operator.agent.lifecycle.AgentLifeCycle} decides, without I/O, from one
 * {@link dev.qudag.operator.agent.lifecycle.AgentObservation}; {@link
 * dev.qudag.operator.agent.AgentReconciler} observes and applies.
 *
 * <p>May depend on the shared packages {@code children}, {@code pod}, {@code status} and {@code
 * node}. Must not depend on another kind's package.
 */
@NullMarked
package dev.qudag.operator.agent;

import org.jspecify.annotations.NullMarked;
