/**
 * The hub's bare repository: its names and its first commit.
 *
 * <p>May depend on {@code dev.qudag.merge} and {@code dev.qudag.consensus}. Must not move the
 * protected branch once it exists ({@code landing} does), nor know the rest of the hub.
 */
@NullMarked
package dev.qudag.node.hub.repository;

import org.jspecify.annotations.NullMarked;
