/**
 * Text files as lines, and the three-way merge of them. Pure: the same bytes give the same hunks on
 * every node. Depends on the root package only.
 */
@NullMarked
package dev.qudag.merge.text;

import org.jspecify.annotations.NullMarked;
