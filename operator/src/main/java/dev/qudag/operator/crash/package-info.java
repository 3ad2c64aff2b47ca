/**
 * The steps after which the operator may die, by name, so that recovery is tested at each of them
 * and not at random times. May depend on nothing.
 */
@NullMarked
package dev.qudag.operator.crash;

import org.jspecify.annotations.NullMarked;
