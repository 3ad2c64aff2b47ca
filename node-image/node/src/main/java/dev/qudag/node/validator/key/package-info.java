/**
 * How a validator comes to sign with another key.
 *
 * <p>May depend on {@code identity}, {@code dev.qudag.consensus.chain} and {@code
 * dev.qudag.crypto}. Must not know the network: what it proposes others bring to the validators.
 */
@NullMarked
package dev.qudag.node.validator.key;

import org.jspecify.annotations.NullMarked;
