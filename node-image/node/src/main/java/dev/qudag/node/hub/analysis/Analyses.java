package dev.qudag.node.hub.analysis;

import dev.qudag.consensus.chain.decision.LandedAs;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.consensus.chain.policy.Policy;
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
import dev.qudag.merge.git.landing.LandingCommits;
import dev.qudag.merge.git.process.GitException;
import dev.qudag.merge.landing.CommitSigner;
import dev.qudag.merge.parser.ParserException;
import dev.qudag.node.commit.DecidedCommits;
import dev.qudag.node.hub.book.ProposalSource;
import dev.qudag.node.hub.repository.HubRepository;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What proposals come to on a base. The commits that would land are written as objects, without a
 * ref, so that the next proposal can be analysed onto them. The answer is a function of what is
 * wanted, the base and how the policy in force lands it, so it is remembered.
 */
public final class Analyses {
  private static final int REMEMBERED = 256;

  /** The parser of source files died on one twice: nobody can say what the merge means. */
  private static final String PARSER_FAILED = "ParserFailed";

  /** An analysis and, where it is clean, the commit that lands. */
  public sealed interface Analysed {
    /**
     * @param meta what statement or order say of the commit
     * @param landedAs how it was made of all this
     * @param commit the last one, where several land
     * @param content digest of the merged tree
     */
    record Clean(
        Analysis.Clean merge,
        CommitMeta meta,
        LandedAs landedAs,
        ObjectId commit,
        Digest content,
        boolean isRevert)
        implements Analysed {}

    record Conflicted(Analysis.Conflicted conflict) implements Analysed {}

    record Refused(String reason, String message) implements Analysed {}
  }

  /**
   * @param wanted what was signed, without the signatures
   */
  private record Question(Bytes wanted, ObjectId base, LandingPolicy policy) {
    static Question of(ProposalSource source, ObjectId base, LandingPolicy policy) {
      return switch (source) {
        case ProposalSource.Change change -> new Question(change.statement(), base, policy);
        case ProposalSource.Revert revert -> new Question(revert.order(), base, policy);
      };
    }
  }

  private final HubRepository repository;
  private final MergeAnalyzer analyzer;
  private final LandingCommits commits;
  private final TreeContent content;
  private final String swarm;
  private final Supplier<LandingPolicy> inForce;
  private final SigningSecret secret;
  private final Map<Question, Analysed> remembered = RecentMap.byAge(REMEMBERED);

  /**
   * @param swarm its name, for the messages of commits
   * @param inForce how the policy in force lands
   * @param secret the key that signs where that asks for it
   */
  public Analyses(
      HubRepository repository,
      String swarm,
      Supplier<LandingPolicy> inForce,
      SigningSecret secret) {
    this.repository = repository;
    this.analyzer = new MergeAnalyzer(repository.git());
    this.commits = new LandingCommits(repository.git());
    this.content = new TreeContent(repository.git());
    this.swarm = swarm;
    this.inForce = inForce;
    this.secret = secret;
  }

  /**
   * Writes the merged tree and the commits into the repository.
   *
   * @throws UnsignedException when the policy asks for signatures, and the key is not here
   */
  public synchronized Analysed of(ProposalSource source, ObjectId base) {
    LandingPolicy policy = inForce.get();
    var question = Question.of(source, base, policy);
    Analysed known = remembered.get(question);
    if (known != null) {
      return known;
    }
    Analysed answer = bounded(source, base, policy);
    if (!(answer instanceof Analysed.Refused)) {
      remembered.put(question, answer);
    }
    return answer;
  }

  /** What takes more memory than git is given ends with this proposal, not with the hub. */
  private Analysed bounded(ProposalSource source, ObjectId base, LandingPolicy policy) {
    try {
      return switch (source) {
        case ProposalSource.Change change -> merge(change.author(), base, policy);
        case ProposalSource.Revert revert -> revert(revert.wanted(), base, policy);
      };
    } catch (GitException e) {
      if (e.isForLackOfMemory()) {
        return new Analysed.Refused(
            Refusal.Reason.TooLarge.name(), "git takes too much memory to merge it");
      }
      throw e;
    }
  }

  /**
   * Whether the policy leaves such a merge to its author. A revert is never held: a person ordered
   * it, and its symbols are not compared.
   */
  public static boolean isHeld(Policy policy, Analysed.Clean clean) {
    return !clean.isRevert() && !policy.lets(clean.merge().category().name());
  }

  private Analysed merge(AuthorStatement statement, ObjectId base, LandingPolicy policy) {
    var head = ObjectId.of(statement.commit());
    CommitMeta meta = CommitMeta.of(statement, swarm);
    try {
      return analysed(
          analyzer.analyze(base, head),
          meta,
          policy,
          false,
          clean ->
              commits.merge(
                  new LandingCommits.Merge(base, head, clean.mergeBase(), clean.tree()),
                  DecidedCommits.form(policy),
                  DecidedCommits.meta(meta),
                  signer(policy)));
    } catch (ParserException e) {
      return new Analysed.Refused(PARSER_FAILED, String.valueOf(e.getMessage()));
    }
  }

  private Analysed revert(RevertOrder order, ObjectId base, LandingPolicy policy) {
    CommitMeta meta = CommitMeta.of(order, swarm);
    return analysed(
        analyzer.revert(base, ObjectId.of(order.commit())),
        meta,
        policy,
        true,
        clean ->
            commits.revert(
                base,
                clean.tree(),
                DecidedCommits.form(policy),
                DecidedCommits.meta(meta),
                signer(policy)));
  }

  private CommitSigner signer(LandingPolicy policy) {
    return DecidedCommits.form(policy)
        .signer()
        .map(key -> CommitSigner.with(secret.key(key)))
        .orElse(CommitSigner.NOBODY);
  }

  private Analysed analysed(
      Analysis analysis,
      CommitMeta meta,
      LandingPolicy policy,
      boolean isRevert,
      Function<Analysis.Clean, LandingCommits.Outcome> commit) {
    return switch (analysis) {
      case Analysis.Clean clean ->
          switch (commit.apply(clean)) {
            case LandingCommits.Outcome.Made made -> clean(clean, meta, policy, isRevert, made);
            case LandingCommits.Outcome.Refused(Refusal why, _) -> refused(why);
          };
      case Analysis.Conflicted conflicted -> new Analysed.Conflicted(conflicted);
      case Analysis.Refused(Refusal why) -> refused(why);
    };
  }

  private static Analysed refused(Refusal why) {
    return new Analysed.Refused(why.reason().name(), why.message());
  }

  /** What nobody can read as a whole is refused here, before it is next in line. */
  private Analysed clean(
      Analysis.Clean clean,
      CommitMeta meta,
      LandingPolicy policy,
      boolean isRevert,
      LandingCommits.Outcome.Made made) {
    try {
      var digest = Digest.of(content.digest(clean.tree()));
      var landedAs = new LandedAs(policy, made.signatures().stream().map(Bytes::of).toList());
      return new Analysed.Clean(clean, meta, landedAs, made.commit(), digest, isRevert);
    } catch (TreeContent.TooWideException e) {
      return new Analysed.Refused(Refusal.Reason.TooLarge.name(), String.valueOf(e.getMessage()));
    }
  }
}
