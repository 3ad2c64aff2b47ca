/**
 * What one peer may cost: how much waits to be sent to it, how much of what it sent waits to be
 * read, how fast it may send, how many connections it may have, and for how long it is shut out
 * when it breaks the rules. Pure but for {@link dev.qudag.transport.limit.Inbox}, which blocks.
 * Must not know gRPC or roles.
 */
@NullMarked
package dev.qudag.transport.limit;

import org.jspecify.annotations.NullMarked;
