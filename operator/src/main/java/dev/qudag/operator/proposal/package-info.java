/**
 * The way of a MergeProposal: announced by the hub, merged in trial, checked, decided, landed or
 * ended with a reason.
 *
 * <p>{@link dev.qudag.operator.proposal.state.ProposalState} decides without input and output; the
 * observer, the effects and the reconciler touch the world. May depend on the API records, {@code
 * node}, {@code policy}, {@code status} and {@code children}. Must not know other kinds'
 * reconcilers.
 */
@NullMarked
package dev.qudag.operator.proposal;

import org.jspecify.annotations.NullMarked;
