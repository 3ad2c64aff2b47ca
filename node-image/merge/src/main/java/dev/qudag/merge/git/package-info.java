/**
 * Drives git plumbing in a bare repository: argument lists, an empty environment, pinned
 * configuration, time and size limits. May depend on {@code dev.qudag.merge} and {@code .tree},
 * which decide; must not decide itself.
 */
@NullMarked
package dev.qudag.merge.git;

import org.jspecify.annotations.NullMarked;
