/**
 * Who takes part in an epoch: weights, quorums, leaders, signatures.
 *
 * <p>May depend on {@code dev.qudag.crypto}. Must not know what is signed: blocks and messages are
 * above it.
 */
@NullMarked
package dev.qudag.consensus.simplex.member;

import org.jspecify.annotations.NullMarked;
