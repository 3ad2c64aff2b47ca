/**
 * What a validator keeps for the hub: proposals that were accepted and have not landed, with their
 * objects, and which of them have ended. With f + 1 validators that do so, none that was answered
 * is lost with the hub's volume, and none that was withdrawn comes back (ADR 25).
 *
 * <p>The hub is believed in nothing that others sign: author and grant are verified, objects taken
 * as strictly as any stranger's, and what all of it may cost is bounded. May depend on {@code
 * objects}, {@code net}, {@code disk}, {@code main}, {@code dev.qudag.merge} and {@code
 * dev.qudag.consensus}; must not know the rest of the validator.
 */
@NullMarked
package dev.qudag.node.validator.custody;

import org.jspecify.annotations.NullMarked;
