/**
 * What is remembered only to save work, and may be forgotten at any time. Depends on the JDK alone.
 */
@NullMarked
package dev.qudag.crypto.recent;

import org.jspecify.annotations.NullMarked;
