/**
 * Checks as Jobs: what a Job must look like, and what its pod says of the tree. Pure apart from
 * {@code CheckLogs}, which reads a container's output.
 *
 * <p>May depend on the API records, the Kubernetes model, {@code children}, {@code pod} and {@code
 * status}. Must not know proposals or the queue.
 */
@NullMarked
package dev.qudag.operator.proposal.check;

import org.jspecify.annotations.NullMarked;
