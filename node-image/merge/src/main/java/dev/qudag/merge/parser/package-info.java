/**
 * Starts the program that parses source files, and talks to it: framed requests, size and time
 * limits, an empty environment. Depends on {@code symbol}; must know nothing of merges.
 */
@NullMarked
package dev.qudag.merge.parser;

import org.jspecify.annotations.NullMarked;
