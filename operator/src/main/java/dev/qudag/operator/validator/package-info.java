/**
 * The Validator: one StatefulSet of one replica with its Service and volume, brought into the
 * genesis, and what its chain says of itself.
 *
 * <p>May depend on the shared packages of the operator. Must not depend on other kinds'
 * reconcilers.
 */
@NullMarked
package dev.qudag.operator.validator;

import org.jspecify.annotations.NullMarked;
