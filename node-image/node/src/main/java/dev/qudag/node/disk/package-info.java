/** Files that survive a crash. Depends on nothing of the node; must not know what it writes. */
@NullMarked
package dev.qudag.node.disk;

import org.jspecify.annotations.NullMarked;
