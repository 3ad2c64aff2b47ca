/**
 * The node program's command line. May depend on every role's package; nothing depends on it.
 *
 * <p>One image and one program serve hub, validators and workspaces, so that a Swarm has one
 * version of its rules.
 */
@NullMarked
package dev.qudag.node;

import org.jspecify.annotations.NullMarked;
