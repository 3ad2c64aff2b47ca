/**
 * Keys, signatures, hashes and the one canonical encoding that everything signed is written in.
 *
 * <p>May depend on the JDK and Bouncy Castle. Must not depend on any other module: this one stands
 * at the bottom.
 */
@NullMarked
package dev.qudag.crypto;

import org.jspecify.annotations.NullMarked;
