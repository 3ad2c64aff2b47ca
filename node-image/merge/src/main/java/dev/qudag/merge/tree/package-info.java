/**
 * Trees as untrusted input: what a path, mode, link and size may be, and the digest of a tree's
 * content. Pure; must not read files or start processes. May depend on {@code dev.qudag.merge}.
 */
@NullMarked
package dev.qudag.merge.tree;

import org.jspecify.annotations.NullMarked;
