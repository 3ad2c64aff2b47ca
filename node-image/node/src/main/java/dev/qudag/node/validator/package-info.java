/**
 * The validator role: shells of disk, network and time around the pure cores.
 *
 * <pre>
 *   Submit, peers ----> Deliberation --approvals--> ConsensusLoop (Simplex) --finalized--> BlockStore --Follow--> hub
 *                        |     ^                        |      ^                               |
 *                        v     |                      SignLog  PeerLinks                       v
 *                     DecisionJudge, Attestor                                             Deliberation
 * </pre>
 *
 * <p>What is thought of a decision is formed in {@code judge}, what is said of it spread by {@code
 * attestation}, and it waits in {@code pool}.
 *
 * <p>One thread runs the consensus core and never waits for anything but its own disk; fetching and
 * merging happen on virtual threads before a decision is ordered. May depend on {@code main},
 * {@code identity}, {@code net}, {@code disk}, {@code objects} and the pure modules; must not
 * depend on another role.
 */
@NullMarked
package dev.qudag.node.validator;

import org.jspecify.annotations.NullMarked;
