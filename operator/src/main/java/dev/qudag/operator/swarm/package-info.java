/**
 * The Swarm: observe, plan, apply, report. The plan is pure; status is computed from the
 * observation by a pure factory.
 *
 * <p>May depend on the shared packages of the operator. Must not depend on other kinds'
 * reconcilers.
 */
@NullMarked
package dev.qudag.operator.swarm;

import org.jspecify.annotations.NullMarked;
