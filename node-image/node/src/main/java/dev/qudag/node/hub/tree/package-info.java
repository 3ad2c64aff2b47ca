/**
 * Hands the tree of a commit to the Job that checks it, by HTTPS and a token for this one tree.
 *
 * <p>May depend on {@code book} for its file's form, {@code disk}, {@code dev.qudag.merge} and
 * {@code dev.qudag.crypto}. Must not know the chain, nor the rest of the hub.
 */
@NullMarked
package dev.qudag.node.hub.tree;

import org.jspecify.annotations.NullMarked;
