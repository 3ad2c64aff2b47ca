/**
 * What the benches share: the report they write and the costs they measure first. Used by tests
 * only; may depend on {@code dev.qudag.crypto} and must not know what is measured.
 */
@NullMarked
package dev.qudag.bench;

import org.jspecify.annotations.NullMarked;
