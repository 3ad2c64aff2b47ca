/**
 * Starts git and talks to it: argument lists, an empty environment, pinned configuration, time and
 * size limits. Must know nothing of what git is asked.
 */
@NullMarked
package dev.qudag.merge.git.process;

import org.jspecify.annotations.NullMarked;
