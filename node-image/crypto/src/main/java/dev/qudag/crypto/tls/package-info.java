/**
 * The one place that says how connections are encrypted: TLS 1.3 in which key agreement, proof of
 * identity and encryption hold against a quantum computer, and a peer is known by its key (ADR 10).
 * May depend on Bouncy Castle's JSSE provider and {@code dev.qudag.crypto}; must not know Netty.
 */
@NullMarked
package dev.qudag.crypto.tls;

import org.jspecify.annotations.NullMarked;
