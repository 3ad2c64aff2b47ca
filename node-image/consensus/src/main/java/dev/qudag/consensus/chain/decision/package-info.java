/**
 * What validators judge, attest and order: one record for each kind of decision.
 *
 * <p>May depend on {@code dev.qudag.crypto} and the packages beside this one, not on their parent.
 * Must not do I/O, read a clock, draw randomness or start a thread.
 */
@NullMarked
package dev.qudag.consensus.chain.decision;

import org.jspecify.annotations.NullMarked;
