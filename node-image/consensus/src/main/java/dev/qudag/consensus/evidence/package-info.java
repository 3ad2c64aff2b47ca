/**
 * Proof that a validator contradicted itself, which convicts its signers before anybody who has the
 * set of the epoch.
 *
 * <p>May depend on {@code dev.qudag.crypto}, {@code dev.qudag.consensus.attestation}, {@code
 * dev.qudag.consensus.chain}, {@code dev.qudag.consensus.certificate} and {@code
 * dev.qudag.consensus.simplex}. Must not do I/O, read a clock, draw randomness or start a thread.
 */
@NullMarked
package dev.qudag.consensus.evidence;

import org.jspecify.annotations.NullMarked;
