/**
 * Drives git plumbing in a bare repository, and reads and writes its files where that takes no git.
 * May depend on {@code dev.qudag.merge} and {@code .tree}, which decide; must not decide itself.
 */
@NullMarked
package dev.qudag.merge.git;

import org.jspecify.annotations.NullMarked;
