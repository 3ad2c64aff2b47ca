/**
 * The shell of disk, thread and time around the attestation layer's core: what validators say of
 * decisions, spread and stored.
 *
 * <p>May depend on {@code disk}, the limits of {@code transport} and the pure modules; must not
 * know what is done with the words.
 */
@NullMarked
package dev.qudag.node.validator.attestation;

import org.jspecify.annotations.NullMarked;
