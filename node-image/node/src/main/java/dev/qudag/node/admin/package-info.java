/**
 * What a person does with an administrator's key, away from any cluster.
 *
 * <p>May depend on {@code dev.qudag.crypto}, {@code dev.qudag.consensus} and {@code verify}. Must
 * not open a connection or know a role.
 */
@NullMarked
package dev.qudag.node.admin;

import org.jspecify.annotations.NullMarked;
