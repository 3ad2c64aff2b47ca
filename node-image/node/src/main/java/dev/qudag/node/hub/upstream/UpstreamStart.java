package dev.qudag.node.hub.upstream;

import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.landing.Upstream;
import dev.qudag.node.hub.repository.FirstCommit;
import dev.qudag.node.hub.repository.HubRepository;
import java.util.Optional;

/** Has the protected branch begin where upstream's is, as a seed would otherwise. */
public final class UpstreamStart implements FirstCommit.Source {
  private final HubRepository repository;
  private final Upstream upstream;

  public UpstreamStart(HubRepository repository, Upstream upstream) {
    this.repository = repository;
    this.upstream = upstream;
  }

  @Override
  public Optional<String> plant() {
    if (repository.git().ref(repository.branch()).isPresent()) {
      return Optional.empty();
    }
    return switch (upstream.look()) {
      case Upstream.Answer.At(ObjectId there) -> {
        if (!repository.git().update(repository.branch(), there, ObjectId.ZERO)) {
          throw new IllegalStateException(
              repository.branch().full() + " appeared while it was made");
        }
        yield Optional.empty();
      }
      case Upstream.Answer.Gone() ->
          Optional.of("upstream has no such branch: push a first commit to it");
      case Upstream.Answer.Unfit(String why) ->
          Optional.of("upstream's branch holds what the swarm does not take in: " + why);
      case Upstream.Answer.Refused(String words) -> Optional.of("upstream refuses: " + words);
      case Upstream.Answer.Unreachable(String why) ->
          Optional.of("upstream cannot be reached: " + why);
    };
  }
}
