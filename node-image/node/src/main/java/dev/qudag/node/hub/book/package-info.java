/**
 * What the hub keeps on its volume for people to read and for the next start: proposals and how
 * they stand, workspaces, decisions, certificates. Each book is written before its change is told
 * to anybody.
 *
 * <p>May depend on {@code disk}, {@code verify}, {@code dev.qudag.consensus} and the value types of
 * {@code dev.qudag.merge}. Must not know git, the network or the rest of the hub.
 */
@NullMarked
package dev.qudag.node.hub.book;

import org.jspecify.annotations.NullMarked;
