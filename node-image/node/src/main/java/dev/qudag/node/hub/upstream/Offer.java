package dev.qudag.node.hub.upstream;

import dev.qudag.crypto.Bytes;
import dev.qudag.merge.ObjectId;

/**
 * What upstream has and the branch has not, by the hub's word. The operator's makes a decision of
 * it.
 *
 * @param base where the branch stands
 * @param commit what upstream has, a descendant of the base
 * @param voids number of voids on the branch so far: what was rejected before one is offered anew
 */
public record Offer(ObjectId base, ObjectId commit, long voids, Bytes hubSignature) {
  boolean isOf(ObjectId from, ObjectId to, long after) {
    return base.equals(from) && commit.equals(to) && voids == after;
  }
}
