/**
 * Checks as Jobs: what a Job must look like, and what its pod says of the tree. Pure apart from
 * {@code CheckLogs} and {@code CheckEvents}, which ask the cluster what a check said, and why it
 * has no pod.
 *
 * <p>May depend on the API records, the Kubernetes model, {@code children}, {@code pod} and {@code
 * status}. Must not know proposals or the queue.
 */
@NullMarked
package dev.qudag.operator.proposal.check;

import org.jspecify.annotations.NullMarked;
