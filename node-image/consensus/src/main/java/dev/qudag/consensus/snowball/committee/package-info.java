/**
 * The committee that votes for a set too large for everybody to vote: who is drawn, and the bound
 * on a draw that goes wrong.
 *
 * <p>May depend on {@code dev.qudag.crypto} and {@code snowball.stake}. Must not depend on how the
 * committee votes, which is Simplex with the seats as weights.
 */
@NullMarked
package dev.qudag.consensus.snowball.committee;

import org.jspecify.annotations.NullMarked;
