/**
 * Keys, signatures and hashes, and who a node is by its keys.
 *
 * <p>May depend on the JDK and Bouncy Castle. Must not depend on any other package or module: this
 * one stands at the bottom.
 */
@NullMarked
package dev.qudag.crypto;

import org.jspecify.annotations.NullMarked;
