/**
 * Plays every role once, in one process on loopback, while the image is built: what the JVM sees
 * here goes into the image's AOT cache (docs/adr/0008).
 *
 * <p>May depend on all roles by what starts them. Nothing may depend on it but the command line.
 */
@NullMarked
package dev.qudag.node.rehearse;

import org.jspecify.annotations.NullMarked;
