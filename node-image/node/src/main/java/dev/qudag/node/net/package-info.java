/**
 * Mutual TLS 1.3 with pinned keys: who is at the other end is decided by the fingerprint of its
 * key, never by an authority or a host name. May depend on gRPC, Netty and {@code
 * dev.qudag.crypto}; must not know roles or services.
 */
@NullMarked
package dev.qudag.node.net;

import org.jspecify.annotations.NullMarked;
