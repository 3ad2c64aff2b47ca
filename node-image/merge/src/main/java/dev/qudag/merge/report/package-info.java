/**
 * The analysis report: canonical JSON for people and machines. Pure. Depends on the root package
 * and {@code symbol}.
 */
@NullMarked
package dev.qudag.merge.report;

import org.jspecify.annotations.NullMarked;
