/**
 * What the validators agree on: genesis, attestations, blocks of decisions, the rules for them, and
 * the state that finalized blocks leave.
 *
 * <pre>
 *   chain --&gt; decision --&gt; proposal, policy, identity --&gt; field
 * </pre>
 *
 * <p>May depend on {@code dev.qudag.crypto}, on {@code simplex.block} for what a payload is, and on
 * {@code snowball.committee} for who votes in a large set. Must not do I/O, read a clock, draw
 * randomness or start a thread: the same bytes give the same answer on every node.
 */
@NullMarked
package dev.qudag.consensus.chain;

import org.jspecify.annotations.NullMarked;
