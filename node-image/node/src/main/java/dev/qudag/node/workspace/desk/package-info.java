/**
 * Where the agent asks: request and answer files in a shared folder for the shell client, and
 * {@code /v1} on loopback for programs. Both are read as hostile input.
 *
 * <p>May depend on the JDK and Jackson. Must not know git, jj or the hub: who answers is an
 * interface.
 */
@NullMarked
package dev.qudag.node.workspace.desk;

import org.jspecify.annotations.NullMarked;
