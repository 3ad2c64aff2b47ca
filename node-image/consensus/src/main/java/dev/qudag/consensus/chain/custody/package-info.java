/**
 * What a hub gives its validators to keep for it, in the words that it signs.
 *
 * <p>May depend on {@code dev.qudag.crypto}, {@code field}, {@code identity} and {@code proposal}.
 * Must not do I/O, read a clock, draw randomness or start a thread.
 */
@NullMarked
package dev.qudag.consensus.chain.custody;

import org.jspecify.annotations.NullMarked;
