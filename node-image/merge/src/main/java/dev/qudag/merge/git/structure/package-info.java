/**
 * Runs the structured merge outside of this process, within limits, and asks the rules whether what
 * it made may stand. Depends on {@code conflict}, {@code structure}, {@code symbol} and {@code
 * text}.
 */
@NullMarked
package dev.qudag.merge.git.structure;

import org.jspecify.annotations.NullMarked;
