/**
 * By what rules changes land, and what a check said.
 *
 * <p>May depend on {@code dev.qudag.crypto} and {@code field}. Must not do I/O, read a clock, draw
 * randomness or start a thread.
 */
@NullMarked
package dev.qudag.consensus.chain.policy;

import org.jspecify.annotations.NullMarked;
