/**
 * What a workspace asks for, and the commit text that follows from it.
 *
 * <p>May depend on {@code dev.qudag.crypto} and {@code field}. Must not do I/O, read a clock, draw
 * randomness or start a thread.
 */
@NullMarked
package dev.qudag.consensus.chain.proposal;

import org.jspecify.annotations.NullMarked;
