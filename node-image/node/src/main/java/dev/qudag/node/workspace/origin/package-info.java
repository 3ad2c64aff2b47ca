/**
 * The remote that the agent's Git sees on loopback: git's own {@code http-backend} over a
 * repository of the sidecar's. A push is judged before it is answered, so a refusal fails the push
 * with the reason.
 *
 * <p>May depend on {@code workspace.vcs} and the JDK's HTTP server. Must not know the hub: who
 * judges is an interface.
 */
@NullMarked
package dev.qudag.node.workspace.origin;

import org.jspecify.annotations.NullMarked;
