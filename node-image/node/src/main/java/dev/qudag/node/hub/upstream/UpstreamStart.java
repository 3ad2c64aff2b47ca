package dev.qudag.node.hub.upstream;

import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.landing.Upstream;
import dev.qudag.node.hub.repository.HubRepository;

/** Has the protected branch begin where upstream's is, as a seed would otherwise. */
public final class UpstreamStart {
  private UpstreamStart() {}

  /**
   * Makes the branch unless it is there.
   *
   * @throws IllegalStateException when upstream does not give its branch: another start tries again
   */
  public static void plant(HubRepository repository, Upstream upstream) {
    if (repository.git().ref(repository.branch()).isPresent()) {
      return;
    }
    ObjectId start =
        switch (upstream.look()) {
          case Upstream.Answer.At(ObjectId there) -> there;
          case Upstream.Answer.Gone() ->
              throw none("it has no such branch: push a first commit to it");
          case Upstream.Answer.Unfit(String why) -> throw none(why);
          case Upstream.Answer.Refused(String words) -> throw none(words);
          case Upstream.Answer.Unreachable(String why) -> throw none(why);
        };
    if (!repository.git().update(repository.branch(), start, ObjectId.ZERO)) {
      throw new IllegalStateException(repository.branch().full() + " appeared while it was made");
    }
  }

  private static IllegalStateException none(String why) {
    return new IllegalStateException("upstream does not give its branch: " + why);
  }
}
