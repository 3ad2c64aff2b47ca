package dev.qudag.node.hub;

import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.crypto.recent.RecentMap;
import dev.qudag.merge.Analysis;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.MergeAnalyzer;
import dev.qudag.node.hub.repository.HubRepository;
import java.util.Map;

/**
 * What proposals come to on a base. The commit that would land is written as an object, without a
 * ref, so that the next proposal can be analysed onto it. The answer is a function of statement and
 * base, so it is remembered.
 */
final class Analyses {
  private static final int REMEMBERED = 256;

  /** An analysis and, where it is clean, the commit that lands. */
  sealed interface Analysed {
    record Clean(Analysis.Clean merge, CommitMeta meta, ObjectId commit) implements Analysed {}

    record Conflicted(Analysis.Conflicted conflict) implements Analysed {}

    record Refused(String reason, String message) implements Analysed {}
  }

  private record Question(AuthorStatement statement, ObjectId base) {}

  private final HubRepository repository;
  private final MergeAnalyzer analyzer;
  private final String swarm;
  private final Map<Question, Analysed> remembered = RecentMap.byAge(REMEMBERED);

  Analyses(HubRepository repository, String swarm) {
    this.repository = repository;
    this.analyzer = new MergeAnalyzer(repository.git());
    this.swarm = swarm;
  }

  synchronized Analysed of(AuthorStatement statement, ObjectId base) {
    var question = new Question(statement, base);
    Analysed known = remembered.get(question);
    if (known != null) {
      return known;
    }
    Analysed answer = analyse(statement, base);
    if (!(answer instanceof Analysed.Refused)) {
      remembered.put(question, answer);
    }
    return answer;
  }

  private Analysed analyse(AuthorStatement statement, ObjectId base) {
    var head = ObjectId.of(statement.commit());
    return switch (analyzer.analyze(base, head)) {
      case Analysis.Clean clean -> {
        CommitMeta meta = CommitMeta.of(statement, swarm);
        byte[] bytes = HubRepository.commitBytes(clean.tree(), base, head, meta);
        repository.git().writeCommit(bytes);
        yield new Analysed.Clean(clean, meta, CommitBuilder.id(bytes));
      }
      case Analysis.Conflicted conflicted -> new Analysed.Conflicted(conflicted);
      case Analysis.Refused refused ->
          new Analysed.Refused(refused.refusal().reason().name(), refused.refusal().message());
    };
  }
}
