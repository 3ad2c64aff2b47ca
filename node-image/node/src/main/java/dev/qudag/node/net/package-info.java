/**
 * A node's server, its channels and who calls it, over the links of {@code dev.qudag.transport}.
 * May depend on gRPC and {@code dev.qudag.crypto}; must not know roles or services.
 */
@NullMarked
package dev.qudag.node.net;

import org.jspecify.annotations.NullMarked;
