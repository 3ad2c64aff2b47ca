/**
 * What is ordered: blocks, and what their payloads mean to the application.
 *
 * <p>May depend on {@code dev.qudag.crypto}. Must not know who votes or how: members, messages and
 * views are beside or above it.
 */
@NullMarked
package dev.qudag.consensus.simplex.block;

import org.jspecify.annotations.NullMarked;
