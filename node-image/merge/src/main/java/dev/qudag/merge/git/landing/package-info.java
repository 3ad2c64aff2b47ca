/**
 * The commits that land, made of objects in a repository: the same code for who decides and for who
 * judges, so that both get the same bytes.
 *
 * <p>May depend on {@code dev.qudag.merge.git} and the pure packages. Must not move refs.
 */
@NullMarked
package dev.qudag.merge.git.landing;

import org.jspecify.annotations.NullMarked;
