/**
 * The private volume of a node: its keys, the genesis it joined, its incarnation. May depend on
 * {@code dev.qudag.crypto}, {@code dev.qudag.consensus.chain} and {@code disk}; must not know roles
 * or the network.
 */
@NullMarked
package dev.qudag.node.identity;

import org.jspecify.annotations.NullMarked;
