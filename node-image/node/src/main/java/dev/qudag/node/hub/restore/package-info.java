/**
 * What a hub does on a volume that has never been in service: it asks the validators how far the
 * chain is, what is open and what has ended, and does not serve before it holds all of that. A new
 * swarm has nothing to hold; a hub that lost its volume gets everything back.
 *
 * <p>No validator is trusted: blocks prove themselves by their finality, commits are named by their
 * hash, open decisions carry their author's and the operator's signatures, and what validators keep
 * for the hub carries its own. What f validators might withhold, the other of f + 1 tells.
 *
 * <p>May depend on {@code book}, {@code custody}, {@code landing}, {@code repository}, {@code
 * disk}, {@code objects}, {@code dev.qudag.proto} and {@code dev.qudag.consensus}.
 */
@NullMarked
package dev.qudag.node.hub.restore;

import org.jspecify.annotations.NullMarked;
