/**
 * Who takes part: validators, hub, operator, workspaces, and what each of them signs to join.
 *
 * <p>May depend on {@code dev.qudag.crypto}, {@code field}, and the draw of {@code
 * snowball.committee}. Must not do I/O, read a clock, draw randomness or start a thread.
 */
@NullMarked
package dev.qudag.consensus.chain.identity;

import org.jspecify.annotations.NullMarked;
