/**
 * What a merge is and what it may be: ids, commit bytes, categories, refusals. Pure: the same
 * inputs give the same bytes on every node. Depends on the JDK only; must not read files, start
 * processes or ask the clock (that is {@code .git}).
 */
@NullMarked
package dev.qudag.merge;

import org.jspecify.annotations.NullMarked;
