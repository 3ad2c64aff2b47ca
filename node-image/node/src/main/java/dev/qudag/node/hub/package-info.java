/**
 * The role {@code hub}: the bare repository of a Swarm, the only writer of its protected branch.
 *
 * <p>{@link dev.qudag.node.hub.Landing} is the one class that moves the branch, and its only input
 * is a block with the proof that the validators made it final. May depend on {@code main}, {@code
 * net}, {@code identity}, {@code disk}, {@code dev.qudag.merge} and {@code dev.qudag.consensus};
 * must not know other roles.
 */
@NullMarked
package dev.qudag.node.hub;

import org.jspecify.annotations.NullMarked;
