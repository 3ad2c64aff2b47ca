/**
 * The one canonical encoding that everything signed is written in (docs/reference/encodings.md),
 * and the Merkle trees over what was encoded.
 *
 * <p>May depend on {@code dev.qudag.crypto}. Must not know what the fields mean.
 */
@NullMarked
package dev.qudag.crypto.encoding;

import org.jspecify.annotations.NullMarked;
