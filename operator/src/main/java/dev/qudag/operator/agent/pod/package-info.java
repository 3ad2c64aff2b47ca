/**
 * What an agent's objects look like: its pods and their containers, its papers, its own Workspace,
 * and the names of all. Pure.
 *
 * <p>May depend on {@code lifecycle}, {@code children}, {@code node} and the shared {@code pod}.
 */
@NullMarked
package dev.qudag.operator.agent.pod;

import org.jspecify.annotations.NullMarked;
