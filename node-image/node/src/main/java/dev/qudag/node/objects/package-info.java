/**
 * How nodes hand each other the objects of the repository: who serves them, who asks whom. A commit
 * is asked for by its id, which is the hash of all that it holds, so nobody who serves one is
 * trusted.
 *
 * <p>May depend on {@code net}, {@code identity}, {@code disk}, {@code dev.qudag.merge} and {@code
 * dev.qudag.consensus}. Must know no role.
 */
@NullMarked
package dev.qudag.node.objects;

import org.jspecify.annotations.NullMarked;
