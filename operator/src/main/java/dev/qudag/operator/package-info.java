/**
 * The operator as a program: its wiring, its settings, and what it demands of a cluster before it
 * starts.
 *
 * <p>May depend on everything below it; nothing below depends on it.
 */
@NullMarked
package dev.qudag.operator;

import org.jspecify.annotations.NullMarked;
