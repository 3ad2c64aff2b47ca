/**
 * The attestation layer as a state machine: one member of it, sans-IO.
 *
 * <pre>
 *   Event --> Dag (VertexRules, Strands, Orphans, Mentions, AntiEntropy, VertexSigner) --> Effect
 * </pre>
 *
 * <p>May depend on {@code attestation}, whose language it speaks. Must not do I/O, read a clock,
 * draw randomness or start a thread.
 */
@NullMarked
package dev.qudag.consensus.attestation.dag;

import org.jspecify.annotations.NullMarked;
