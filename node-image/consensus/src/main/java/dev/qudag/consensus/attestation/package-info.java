/**
 * The language of the attestation layer: what validators say of decisions, as vertices of a
 * directed acyclic graph that is signed, one chain for each author, linked across authors by
 * digests; proofs of equivocation; and the tally of one decision.
 *
 * <p>The ordering never waits for anything here: blocks carry the approvals they rest on (ADR 6).
 * May depend on {@code chain} for attestations and on {@code simplex.member} for the validator set.
 * Must not do I/O, read a clock, draw randomness or start a thread.
 */
@NullMarked
package dev.qudag.consensus.attestation;

import org.jspecify.annotations.NullMarked;
