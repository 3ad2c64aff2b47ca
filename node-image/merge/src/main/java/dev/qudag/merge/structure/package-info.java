/**
 * Whether what a structured merge made of a file may stand: its declarations and lines against
 * those of the three versions. Pure; nothing is taken on the word of the program that merged.
 * Depends on {@code text}, {@code symbol} and the root package.
 */
@NullMarked
package dev.qudag.merge.structure;

import org.jspecify.annotations.NullMarked;
