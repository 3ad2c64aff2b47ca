package dev.qudag.node.hub.landing;

import dev.qudag.merge.ObjectId;
import java.io.IOException;
import java.util.List;

/** Brings back what an earlier volume of this hub held. */
@FunctionalInterface
public interface LostObjects {
  /**
   * Has the commit, with all that it builds on, in the repository when this returns.
   *
   * @param haves commits that are there already
   * @throws IOException when nobody brings it now
   */
  void require(ObjectId commit, List<ObjectId> haves) throws IOException;
}
