/**
 * Proposals that share their checks, and land together.
 *
 * <p>May depend on {@code queue}, the hub's messages and the API. Must not know Kubernetes, nor how
 * a proposal gets on.
 */
@NullMarked
package dev.qudag.operator.proposal.batch;

import org.jspecify.annotations.NullMarked;
