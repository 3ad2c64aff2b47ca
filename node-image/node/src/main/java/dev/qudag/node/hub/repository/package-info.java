/**
 * The hub's bare repository: its names, its first commit, and the objects that validators fetch.
 *
 * <p>May depend on {@code dev.qudag.merge} and {@code net}. Must not move the protected branch once
 * it exists ({@code landing} does), nor know the rest of the hub.
 */
@NullMarked
package dev.qudag.node.hub.repository;

import org.jspecify.annotations.NullMarked;
