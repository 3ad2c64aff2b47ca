/**
 * Has validators keep what the hub accepts, so that its volume is not the only one that holds it: a
 * proposal is answered when f + 1 of them have it on their disks, and so is its end (ADR 25).
 *
 * <pre>
 *   ProposalBook --> CustodyPlan: what is to be kept --> CustodyLink, one for each validator
 *                                     ^                       | acknowledged
 *                Holders: who has it -+-----------------------+
 * </pre>
 *
 * <p>Nothing here is kept on a disk: what is to be kept follows from the book, who has it from what
 * validators say that they hold. May depend on {@code book}, {@code repository}, {@code objects},
 * {@code main}, {@code dev.qudag.proto} and {@code dev.qudag.consensus}.
 */
@NullMarked
package dev.qudag.node.hub.custody;

import org.jspecify.annotations.NullMarked;
