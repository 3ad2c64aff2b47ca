/**
 * Where a proposal is on its way, and what comes next: {@link
 * dev.qudag.operator.proposal.state.ProposalState} decides from one {@link
 * dev.qudag.operator.proposal.state.ProposalObservation}. Pure: no I/O, no clock.
 *
 * <p>May depend on the API records, the hub's messages, the statements of {@code
 * dev.qudag.consensus}, {@code children}, {@code policy}, {@code status}, {@code queue} and {@code
 * check}.
 */
@NullMarked
package dev.qudag.operator.proposal.state;

import org.jspecify.annotations.NullMarked;
