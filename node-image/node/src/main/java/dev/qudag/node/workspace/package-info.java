/**
 * The workspace role: clones the branch, keeps the agent's files as snapshots, and brings what the
 * agent proposes to the hub. It runs beside the agent and treats everything that the agent can
 * touch as hostile.
 *
 * <p>May depend on {@code crypto}, {@code consensus.chain}, the generated gRPC stubs and the node's
 * runtime packages. Must not depend on the roles {@code hub} and {@code validator}.
 */
@NullMarked
package dev.qudag.node.workspace;

import org.jspecify.annotations.NullMarked;
