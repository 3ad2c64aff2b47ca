/**
 * The decisions that are not ordered yet, in memory and on disk: who brought them, what was said of
 * them, and how much room each bringer has.
 *
 * <p>May depend on {@code disk} and the pure modules; must not know who judges, attests or orders.
 */
@NullMarked
package dev.qudag.node.validator.pool;

import org.jspecify.annotations.NullMarked;
