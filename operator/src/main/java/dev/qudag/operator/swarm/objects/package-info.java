/**
 * What a Swarm's spec asks the API server for: the hub, the agents of its groups, who may talk to
 * whom. Pure functions of the spec and of what is there.
 *
 * <p>May depend on the shared packages of the operator. Must not depend on the Swarm's reconciler.
 */
@NullMarked
package dev.qudag.operator.swarm.objects;

import org.jspecify.annotations.NullMarked;
