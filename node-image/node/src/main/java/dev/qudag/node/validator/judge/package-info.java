/**
 * What a validator thinks of a decision: it does again what the decision claims, on virtual
 * threads, and says so once.
 *
 * <p>May depend on {@code merge}, {@code policy}, the hub's object store and the pure modules; must
 * not know how decisions come, wait, or are ordered.
 */
@NullMarked
package dev.qudag.node.validator.judge;

import org.jspecify.annotations.NullMarked;
