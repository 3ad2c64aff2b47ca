/**
 * How one instance of Simplex hands over to the next, with another set.
 *
 * <p>May depend on {@code dev.qudag.crypto} and {@code dev.qudag.consensus.simplex}. Must not do
 * I/O, read a clock, draw randomness or start a thread.
 */
@NullMarked
package dev.qudag.consensus.simplex.epoch;

import org.jspecify.annotations.NullMarked;
