/**
 * What an agent does next: {@link dev.qudag.operator.agent.lifecycle.AgentLifeCycle} decides from
 * one {@link dev.qudag.operator.agent.lifecycle.AgentObservation}, and names steps. Pure: no I/O,
 * no clock.
 *
 * <p>May depend on the API records and {@code status}. Must not know how pods look.
 */
@NullMarked
package dev.qudag.operator.agent.lifecycle;

import org.jspecify.annotations.NullMarked;
