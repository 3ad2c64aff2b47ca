/**
 * The analysis report: canonical JSON for people and machines. Pure. Depends on the root package
 * only.
 */
@NullMarked
package dev.qudag.merge.report;

import org.jspecify.annotations.NullMarked;
