/**
 * What one member knows of each view that is not final, and what it signed there itself: the safety
 * core.
 *
 * <p>May depend on {@code dev.qudag.crypto}, {@code member}, {@code block} and {@code message}.
 * Must not know of time, payloads or states, nor decide what to sign. Mutable, and for {@code
 * dev.qudag.consensus.simplex} alone: who wants to know what an instance knows asks the instance.
 */
@NullMarked
package dev.qudag.consensus.simplex.view;

import org.jspecify.annotations.NullMarked;
