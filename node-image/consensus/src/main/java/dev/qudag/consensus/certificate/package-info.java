/**
 * The proof that a decision is final, and its verifier, which needs nothing but genesis and its
 * fingerprint.
 *
 * <p>May depend on {@code dev.qudag.crypto}, {@code dev.qudag.consensus.chain} and {@code
 * dev.qudag.consensus.simplex}. Must not do I/O, read a clock, draw randomness or start a thread.
 */
@NullMarked
package dev.qudag.consensus.certificate;

import org.jspecify.annotations.NullMarked;
