/**
 * The Git server outside whose branch this swarm's follows: what is asked of it and pushed to it,
 * and what the validators then decide.
 *
 * <p>The only place that knows its URL and credentials. May depend on {@code landing}, {@code
 * book}, {@code repository}, {@code main}, {@code dev.qudag.merge} and {@code dev.qudag.consensus}.
 * Must not move the protected branch once there is a chain.
 */
@NullMarked
package dev.qudag.node.hub.upstream;

import org.jspecify.annotations.NullMarked;
