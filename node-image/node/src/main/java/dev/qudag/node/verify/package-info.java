/**
 * Verifies a certificate without a cluster.
 *
 * <p>May depend on {@code dev.qudag.crypto} and {@code dev.qudag.consensus}. Must not open a
 * connection: everything it believes lies in the files that it is given.
 */
@NullMarked
package dev.qudag.node.verify;

import org.jspecify.annotations.NullMarked;
