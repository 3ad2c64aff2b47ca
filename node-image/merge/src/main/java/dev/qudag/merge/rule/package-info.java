/**
 * Rules that resolve lines in conflict, each from the lines and those around them. A rule says
 * nothing when in doubt. Pure. Depends on {@code text}.
 */
@NullMarked
package dev.qudag.merge.rule;

import org.jspecify.annotations.NullMarked;
