/**
 * The files of a workspace as commits: git and jj as child processes that read nothing but what the
 * sidecar owns.
 *
 * <p>May depend on the JDK only. Must not know the hub, HTTP or Kubernetes. Nothing here ever opens
 * the agent's own {@code .git}.
 */
@NullMarked
package dev.qudag.node.workspace.vcs;

import org.jspecify.annotations.NullMarked;
