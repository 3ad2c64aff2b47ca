/**
 * The files below a repository's {@code objects}, as files: how many there are, and what is left of
 * them by who died. May depend on {@code git.process}; must not read an object.
 */
@NullMarked
package dev.qudag.merge.git.files;

import org.jspecify.annotations.NullMarked;
