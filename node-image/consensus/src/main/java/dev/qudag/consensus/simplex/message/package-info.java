/**
 * What members sign, send and keep, with the bytes of each: ballots, votes, certificates and the
 * finality they prove, proposals, questions, and the entries of the sign-state.
 *
 * <p>May depend on {@code dev.qudag.crypto}, {@code block} and {@code member}. Must not know what a
 * member makes of a message: views and the instance are above it.
 */
@NullMarked
package dev.qudag.consensus.simplex.message;

import org.jspecify.annotations.NullMarked;
