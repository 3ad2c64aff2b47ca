/**
 * The bounds of the values that statements are made of.
 *
 * <p>May depend on {@code dev.qudag.crypto}. Must not do I/O, read a clock, draw randomness or
 * start a thread.
 */
@NullMarked
package dev.qudag.consensus.chain.field;

import org.jspecify.annotations.NullMarked;
