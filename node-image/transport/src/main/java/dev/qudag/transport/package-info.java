/**
 * gRPC links between nodes, and of the operator to nodes: who is at the other end is decided by the
 * fingerprint of its key, never by an authority or a host name. What was negotiated is read off the
 * wire, and whoever is refused is named in one line of the log with the reason.
 *
 * <p>May depend on gRPC, Netty and {@code dev.qudag.crypto}; must not know roles, services or
 * Kubernetes.
 */
@NullMarked
package dev.qudag.transport;

import org.jspecify.annotations.NullMarked;
