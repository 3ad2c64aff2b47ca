/**
 * Secrets at rest that only the holder of one key can read.
 *
 * <p>May depend on {@code dev.qudag.crypto}, {@code encoding} and the JDK. Must not know a key's
 * raw bytes or its provider.
 */
@NullMarked
package dev.qudag.crypto.seal;

import org.jspecify.annotations.NullMarked;
