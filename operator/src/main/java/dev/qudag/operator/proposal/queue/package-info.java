/**
 * In which order proposals land, and what each of them needs next. Pure: JDK only; must not know
 * Kubernetes, the hub or the clock. The same entries and head give the same plan on every call.
 */
@NullMarked
package dev.qudag.operator.proposal.queue;

import org.jspecify.annotations.NullMarked;
