/**
 * The role {@code hub}: takes proposals from workspaces, analyses them and hands decisions to the
 * validators, as the operator says. What it keeps, serves and lands has packages of its own.
 *
 * <p>May depend on these packages, on {@code main}, {@code net}, {@code identity}, {@code disk},
 * {@code verify}, {@code objects}, {@code dev.qudag.merge} and {@code dev.qudag.consensus}; must
 * not know other roles.
 */
@NullMarked
package dev.qudag.node.hub;

import org.jspecify.annotations.NullMarked;
