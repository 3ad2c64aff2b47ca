/**
 * How a node proves to the operator which pod it is, and how it gets the genesis. Served before
 * anything else is. May depend on {@code identity} and {@code net}; must not know roles.
 */
@NullMarked
package dev.qudag.node.enrol;

import org.jspecify.annotations.NullMarked;
