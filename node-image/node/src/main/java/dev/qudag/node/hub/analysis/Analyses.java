package dev.qudag.node.hub.analysis;

import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.recent.RecentMap;
import dev.qudag.merge.Analysis;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Refusal;
import dev.qudag.merge.git.MergeAnalyzer;
import dev.qudag.merge.git.TreeContent;
import dev.qudag.merge.git.process.GitException;
import dev.qudag.node.hub.book.ProposalSource;
import dev.qudag.node.hub.repository.HubRepository;
import java.util.Map;
import java.util.function.Function;

/**
 * What proposals come to on a base. The commit that would land is written as an object, without a
 * ref, so that the next proposal can be analysed onto it. The answer is a function of what is
 * wanted and the base, so it is remembered.
 */
public final class Analyses {
  private static final int REMEMBERED = 256;

  /** An analysis and, where it is clean, the commit that lands. */
  public sealed interface Analysed {
    /**
     * @param content digest of the merged tree
     */
    record Clean(Analysis.Clean merge, CommitMeta meta, ObjectId commit, Digest content)
        implements Analysed {}

    record Conflicted(Analysis.Conflicted conflict) implements Analysed {}

    record Refused(String reason, String message) implements Analysed {}
  }

  /**
   * @param wanted what was signed, without the signatures
   */
  private record Question(Bytes wanted, ObjectId base) {
    static Question of(ProposalSource source, ObjectId base) {
      return switch (source) {
        case ProposalSource.Change change -> new Question(change.statement(), base);
        case ProposalSource.Revert revert -> new Question(revert.order(), base);
      };
    }
  }

  private final HubRepository repository;
  private final MergeAnalyzer analyzer;
  private final TreeContent content;
  private final String swarm;
  private final Map<Question, Analysed> remembered = RecentMap.byAge(REMEMBERED);

  /**
   * @param swarm its name, for the messages of commits
   */
  public Analyses(HubRepository repository, String swarm) {
    this.repository = repository;
    this.analyzer = new MergeAnalyzer(repository.git());
    this.content = new TreeContent(repository.git());
    this.swarm = swarm;
  }

  /** Writes the merged tree and the commit into the repository. */
  public synchronized Analysed of(ProposalSource source, ObjectId base) {
    var question = Question.of(source, base);
    Analysed known = remembered.get(question);
    if (known != null) {
      return known;
    }
    Analysed answer = bounded(source, base);
    if (!(answer instanceof Analysed.Refused)) {
      remembered.put(question, answer);
    }
    return answer;
  }

  /** What takes more memory than git is given ends with this proposal, not with the hub. */
  private Analysed bounded(ProposalSource source, ObjectId base) {
    try {
      return switch (source) {
        case ProposalSource.Change change -> merge(change.author(), base);
        case ProposalSource.Revert revert -> revert(revert.wanted(), base);
      };
    } catch (GitException e) {
      if (e.isForLackOfMemory()) {
        return new Analysed.Refused(
            Refusal.Reason.TooLarge.name(), "git takes too much memory to merge it");
      }
      throw e;
    }
  }

  private Analysed merge(AuthorStatement statement, ObjectId base) {
    var head = ObjectId.of(statement.commit());
    CommitMeta meta = CommitMeta.of(statement, swarm);
    return analysed(
        analyzer.analyze(base, head),
        meta,
        tree -> HubRepository.commitBytes(tree, base, head, meta));
  }

  private Analysed revert(RevertOrder order, ObjectId base) {
    CommitMeta meta = CommitMeta.of(order, swarm);
    return analysed(
        analyzer.revert(base, ObjectId.of(order.commit())),
        meta,
        tree -> HubRepository.revertBytes(tree, base, meta));
  }

  private Analysed analysed(Analysis analysis, CommitMeta meta, Function<ObjectId, byte[]> commit) {
    return switch (analysis) {
      case Analysis.Clean clean -> clean(clean, meta, commit.apply(clean.tree()));
      case Analysis.Conflicted conflicted -> new Analysed.Conflicted(conflicted);
      case Analysis.Refused refused ->
          new Analysed.Refused(refused.refusal().reason().name(), refused.refusal().message());
    };
  }

  /** What nobody can read as a whole is refused here, before it is next in line. */
  private Analysed clean(Analysis.Clean clean, CommitMeta meta, byte[] commit) {
    try {
      var digest = Digest.of(content.digest(clean.tree()));
      return new Analysed.Clean(clean, meta, repository.git().writeCommit(commit), digest);
    } catch (TreeContent.TooWideException e) {
      return new Analysed.Refused(Refusal.Reason.TooLarge.name(), String.valueOf(e.getMessage()));
    }
  }
}
