/**
 * The operator's conversations with nodes: its own identity, pinned channels, enrolment, and the
 * hub of each swarm.
 *
 * <p>May depend on the gRPC contracts, on crypto and on the chain's records. Must not know any
 * kind's reconciler.
 */
@NullMarked
package dev.qudag.operator.node;

import org.jspecify.annotations.NullMarked;
