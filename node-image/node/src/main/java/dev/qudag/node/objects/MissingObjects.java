package dev.qudag.node.objects;

import dev.qudag.merge.ObjectId;
import java.io.IOException;
import java.util.List;

/** Brings what this node's repository does not hold: what it was away for, or lost. */
@FunctionalInterface
public interface MissingObjects {
  /**
   * Has the commit, with all that it builds on, in the repository when this returns.
   *
   * @param haves commits that need not be brought again
   * @throws IOException when nobody brings it now
   */
  void require(ObjectId commit, List<ObjectId> haves) throws IOException;
}
