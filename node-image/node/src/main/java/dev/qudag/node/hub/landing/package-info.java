/**
 * What the hub does with final blocks.
 *
 * <p>{@link dev.qudag.node.hub.landing.Landing} is the one class that moves the branch, by genesis
 * and by blocks with the proof that the validators made them final. May depend on {@code book},
 * {@code repository}, {@code disk}, {@code verify}, the crash points of {@code main}, who brings
 * {@code objects} that are missing, {@code dev.qudag.merge} and {@code dev.qudag.consensus}. Must
 * not know the network, nor who wants what.
 */
@NullMarked
package dev.qudag.node.hub.landing;

import org.jspecify.annotations.NullMarked;
