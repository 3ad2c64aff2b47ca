package dev.qudag.node.validator.judge;

import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Refusal;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.objects.ObjectFetcher;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a branch takes over from upstream is a fast-forward, in this validator's own
 * objects. They come from the hub and are taken in as strictly as an agent's. Whether upstream has
 * the commit is the word of hub and operator, whose signatures have been judged by then.
 */
final class AdoptionJudge {
  private final GitRepository repository;
  private final ObjectFetcher objects;

  AdoptionJudge(GitRepository repository, ObjectFetcher objects) {
    this.repository = repository;
    this.objects = objects;
  }

  /**
   * @throws io.grpc.StatusRuntimeException when the hub cannot be asked
   * @throws dev.qudag.merge.git.process.GitException when git fails: this validator has no opinion
   *     then
   */
  Opinion judge(AdoptDecision decision) throws IOException {
    ObjectId base = ObjectId.of(decision.base());
    ObjectId commit = ObjectId.of(decision.commit());
    for (ObjectId needed : List.of(base, commit)) {
      Optional<Refusal> refused = objects.fetch(needed, List.of(base));
      if (refused.isPresent()) {
        return new Opinion.Reject(refused.get().reason() + ": " + refused.get().message());
      }
    }
    return repository.isAncestor(base, commit)
        ? new Opinion.Approve()
        : new Opinion.Reject("NotAFastForward: " + commit + " does not build on " + base);
  }
}
