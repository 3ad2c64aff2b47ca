/**
 * A validator's repository: what it judged, and all that landed, for a hub that loses its volume.
 *
 * <p>May depend on {@code objects} and {@code net}, on {@code dev.qudag.merge} and {@code
 * dev.qudag.consensus}. Must not know the rest of the validator.
 */
@NullMarked
package dev.qudag.node.validator.objects;

import org.jspecify.annotations.NullMarked;
