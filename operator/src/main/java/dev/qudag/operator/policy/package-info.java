/**
 * A Swarm's policy in the chain's terms.
 *
 * <p>Pure. May depend on the API records and on the chain's records.
 */
@NullMarked
package dev.qudag.operator.policy;

import org.jspecify.annotations.NullMarked;
