/**
 * Snowball, the fast preference of sets of more than 100 members (Team Rocket, Yin, Sekniqi, van
 * Renesse, Sirer: "Scalable and Probabilistic Leaderless BFT Consensus through Metastability",
 * arXiv 1906.08936).
 *
 * <p>One idea stands on another: Slush prefers, Snowflake adds confidence, Snowball adds strength,
 * and a tree over the bits of a digest makes many choices out of two. What comes out is a
 * preference, and an acceptance with a bound on its error; never finality, which a committee of
 * Simplex gives. May depend on {@code dev.qudag.crypto} and {@code snowball.stake}. Must not depend
 * on how polls travel; everything here is an immutable value.
 */
@NullMarked
package dev.qudag.consensus.snowball;

import org.jspecify.annotations.NullMarked;
