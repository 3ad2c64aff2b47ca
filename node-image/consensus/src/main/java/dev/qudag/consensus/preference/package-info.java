/**
 * What members of a large set prefer among decisions that exclude each other: Snowball beside
 * Simplex, to give the committee's leaders one order to propose in.
 *
 * <p>May depend on {@code dev.qudag.crypto}, {@code chain} and {@code snowball}. Must not depend on
 * {@code simplex}: nothing that is final rests on a preference.
 */
@NullMarked
package dev.qudag.consensus.preference;

import org.jspecify.annotations.NullMarked;
