/**
 * What a policy says of the paths that a change touches: hub and validators ask here, so that they
 * agree. Pure.
 *
 * <p>May depend on the chain's policy only.
 */
@NullMarked
package dev.qudag.node.policy;

import org.jspecify.annotations.NullMarked;
