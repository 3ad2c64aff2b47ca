/**
 * Workspaces: their volume, the enrolment of the sidecar that works in them, and what the hub knows
 * about them.
 *
 * <p>May depend on the shared packages {@code children}, {@code status} and {@code node}. Must not
 * depend on another kind's package.
 */
@NullMarked
package dev.qudag.operator.workspace;

import org.jspecify.annotations.NullMarked;
