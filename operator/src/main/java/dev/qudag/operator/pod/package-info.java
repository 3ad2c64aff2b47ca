/**
 * What all pods that the operator makes have in common: security, probes, the enrolment token, the
 * node's environment.
 *
 * <p>Pure: builds parts of pods and does nothing else.
 */
@NullMarked
package dev.qudag.operator.pod;

import org.jspecify.annotations.NullMarked;
