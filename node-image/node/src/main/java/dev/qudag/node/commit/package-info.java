/**
 * The commits of a decision, out of the repository's objects: hub and validators make them here, so
 * that they agree.
 *
 * <p>May depend on {@code dev.qudag.consensus} and {@code dev.qudag.merge}. Must not move refs.
 */
@NullMarked
package dev.qudag.node.commit;

import org.jspecify.annotations.NullMarked;
