/**
 * What becomes of a file that git leaves in conflict: its versions as lines, the hunks, the rules.
 * Pure. Depends on {@code text} and {@code rule}.
 */
@NullMarked
package dev.qudag.merge.conflict;

import org.jspecify.annotations.NullMarked;
