/**
 * What proposals come to on a base, and how the operator is told.
 *
 * <p>May depend on {@code book}, {@code repository}, {@code dev.qudag.node.policy}, {@code
 * dev.qudag.consensus}, {@code dev.qudag.merge} and the gRPC messages. Must not know the rest of
 * the hub.
 */
@NullMarked
package dev.qudag.node.hub.analysis;

import org.jspecify.annotations.NullMarked;
