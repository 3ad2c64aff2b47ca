/**
 * Simplex (Chan and Pass, TCC 2023), the ordering of decisions, as a pure state machine.
 *
 * <p>Nothing here opens a socket or a file, reads a clock or draws a random number: {@link Simplex}
 * is given events and answers with effects, so that one seed replays one history. May depend on
 * {@code dev.qudag.crypto} and on {@code member}, {@code block}, {@code message} and {@code view}
 * below it. Must not depend on {@code epoch}, which joins two instances, nor on gRPC, Kubernetes,
 * {@code java.io}, clocks or threads.
 */
@NullMarked
package dev.qudag.consensus.simplex;

import org.jspecify.annotations.NullMarked;
