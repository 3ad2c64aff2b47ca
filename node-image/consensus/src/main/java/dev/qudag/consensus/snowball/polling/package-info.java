/**
 * How one member polls the others: which samples are asked, when a poll is over, and what has been
 * accepted.
 *
 * <p>A pure state machine: {@link Poller} is given events and answers with effects; the only
 * randomness is the source that it is given. May depend on {@code dev.qudag.crypto}, {@code
 * snowball} and {@code snowball.stake}. Must not depend on gRPC, clocks or threads. There is no
 * evidence here: a peer that changes its preference does what Snowball asks of it.
 */
@NullMarked
package dev.qudag.consensus.snowball.polling;

import org.jspecify.annotations.NullMarked;
