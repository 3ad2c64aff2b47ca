/**
 * What is kept of a swarm's chain in ConfigMaps: genesis, the sets of its epochs, the change that a
 * person is asked to sign, what a person hands in for a chain in the place of another.
 *
 * <p>May depend on {@code children}, {@code node}, {@code dev.qudag.api}, {@code
 * dev.qudag.consensus} and {@code dev.qudag.crypto}. Must not read the cluster: each is a pure
 * function of what it is given.
 */
@NullMarked
package dev.qudag.operator.swarm.configmap;

import org.jspecify.annotations.NullMarked;
