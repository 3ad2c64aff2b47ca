/**
 * What landed commits say: messages made of what agents wrote, whose words never become headers or
 * trailers, and the trailers that tell what a commit came from. Pure; must not read files or start
 * processes. May depend on {@code dev.qudag.merge} and {@code dev.qudag.merge.signature}.
 */
@NullMarked
package dev.qudag.merge.landing;

import org.jspecify.annotations.NullMarked;
