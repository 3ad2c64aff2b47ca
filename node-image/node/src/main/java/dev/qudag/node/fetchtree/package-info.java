/**
 * The role {@code fetch-tree}: the init container of a check's Job gets the one tree that its token
 * is good for. May depend on {@code main} and {@code net}; must not know other roles.
 */
@NullMarked
package dev.qudag.node.fetchtree;

import org.jspecify.annotations.NullMarked;
