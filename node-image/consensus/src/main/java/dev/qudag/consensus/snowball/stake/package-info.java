/**
 * Stake, how to draw from it, and the odds of what is drawn.
 *
 * <p>Every draw takes its randomness from the caller, so that one seed gives one sample on every
 * node. May depend on the Java language and its collections. Must not depend on the protocols that
 * use it.
 */
@NullMarked
package dev.qudag.consensus.snowball.stake;

import org.jspecify.annotations.NullMarked;
