package dev.qudag.merge.git.landing;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitHeader;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Printable;
import dev.qudag.merge.Refusal;
import dev.qudag.merge.Refusal.Reason;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.MergeAnalyzer;
import dev.qudag.merge.landing.CommitForm;
import dev.qudag.merge.landing.CommitSigner;
import dev.qudag.merge.landing.LandingMessage;
import dev.qudag.merge.signature.SshSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the commits of a landing and writes them into the repository; no ref names them. The ids
 * follow from the arguments alone, with deterministic signatures.
 */
public final class LandingCommits {
  /** Commits that a landing by {@link CommitForm.Method#Rebase} makes again at most. */
  public static final int MAX_COMMITS = 100;

  private final GitRepository repository;
  private final MergeAnalyzer analyzer;

  public LandingCommits(GitRepository repository) {
    this(repository, new MergeAnalyzer(repository));
  }

  private LandingCommits(GitRepository repository, MergeAnalyzer analyzer) {
    this.repository = repository;
    this.analyzer = analyzer;
  }

  /** One that repeats what another finished, as {@link MergeAnalyzer#patient}. */
  public static LandingCommits patient(GitRepository repository) {
    return new LandingCommits(repository, MergeAnalyzer.patient(repository));
  }

  /**
   * What a merge came to.
   *
   * @param mergeBase as {@link Analysis.Clean} has it
   */
  public record Merge(ObjectId base, ObjectId head, ObjectId mergeBase, ObjectId tree) {}

  /** What was made. */
  public sealed interface Outcome {
    /**
     * @param commit the last one, which the branch moves to
     * @param signatures of all commits, 64 bytes each, oldest first; none where none are asked for
     */
    record Made(ObjectId commit, List<byte[]> signatures) implements Outcome {
      public Made {
        signatures = List.copyOf(signatures);
      }
    }

    /**
     * Nothing was.
     *
     * @param isByChance as {@link Analysis.Conflicted#isByChance} of a commit on the way
     */
    record Refused(Refusal refusal, boolean isByChance) implements Outcome {
      public Refused(Refusal refusal) {
        this(refusal, false);
      }

      static Refused because(Reason reason, String message) {
        return new Refused(new Refusal(reason, message));
      }
    }
  }

  /**
   * @param meta what the plain merge commit says
   * @param signer asked once for each commit, oldest first, where the form names a key
   */
  public Outcome merge(Merge merge, CommitForm form, CommitMeta meta, CommitSigner signer) {
    var message = new LandingMessage(meta, form.signOff());
    var signing = new Signing(repository, form, signer);
    return switch (form.method()) {
      case Merge ->
          signing.made(
              merge.tree(), List.of(merge.base(), merge.head()), message.plain(), List.of());
      case Squash ->
          signing.made(merge.tree(), List.of(merge.base()), squashed(merge, message), List.of());
      case Rebase -> rebase(merge, message, signing);
    };
  }

  /** One commit on the base, by each method. */
  public Outcome revert(
      ObjectId base, ObjectId tree, CommitForm form, CommitMeta meta, CommitSigner signer) {
    var message = new LandingMessage(meta, form.signOff());
    return new Signing(repository, form, signer)
        .made(tree, List.of(base), message.plain(), List.of());
  }

  /** What was proposed on top of the base: of merges in it the agent's own side. */
  private CommitMeta squashed(Merge merge, LandingMessage message) {
    List<byte[]> commits = new ArrayList<>();
    Optional<ObjectId> at = Optional.of(merge.head());
    while (at.filter(id -> isOwn(id, merge)).isPresent()) {
      if (commits.size() == LandingMessage.MAX_SUBJECTS) {
        return message.squashed(merge.head(), start(merge.head()), commits.reversed(), true);
      }
      commits.add(start(at.get()));
      at = repository.header(at.get()).flatMap(found -> found.parents().stream().findFirst());
    }
    return message.squashed(merge.head(), start(merge.head()), commits.reversed(), false);
  }

  private boolean isOwn(ObjectId commit, Merge merge) {
    return !commit.equals(merge.mergeBase()) && !repository.isAncestor(commit, merge.base());
  }

  private Outcome rebase(Merge merge, LandingMessage message, Signing signing) {
    List<ObjectId> steps = new ArrayList<>();
    for (ObjectId at = merge.head(); !at.equals(merge.mergeBase()); ) {
      var parents = repository.header(at).map(CommitHeader::parents).orElse(List.of());
      if (parents.size() != 1) {
        return Outcome.Refused.because(
            Reason.NotLinear,
            at + " has " + parents.size() + " parents, and commits land one by one: git rebase it");
      }
      if (steps.size() == MAX_COMMITS) {
        return Outcome.Refused.because(
            Reason.TooManyCommits,
            "more than " + MAX_COMMITS + " commits: squash some of them, or propose them in parts");
      }
      steps.add(at);
      at = parents.getFirst();
    }
    return replay(merge, steps.reversed(), message, signing);
  }

  private Outcome replay(
      Merge merge, List<ObjectId> steps, LandingMessage message, Signing signing) {
    ObjectId at = merge.base();
    List<byte[]> signatures = List.of();
    int made = 0;
    for (ObjectId step : steps) {
      switch (analyzer.pick(at, step)) {
        case Analysis.Clean clean -> {
          var meta = message.rebased(step, start(step), made + 1);
          switch (signing.made(clean.tree(), List.of(at), meta, signatures)) {
            case Outcome.Refused refused -> {
              return refused;
            }
            case Outcome.Made next -> {
              at = next.commit();
              signatures = next.signatures();
              made++;
            }
          }
        }
        case Analysis.Conflicted conflict -> {
          return conflicting(step, conflict);
        }
        case Analysis.Refused(Refusal why) when why.reason() == Reason.NothingToMerge -> {}
        case Analysis.Refused(Refusal why) -> {
          return new Outcome.Refused(why);
        }
      }
    }
    return repository.treeOf(at).filter(merge.tree()::equals).isPresent()
        ? new Outcome.Made(at, signatures)
        : differing(merge);
  }

  private static Outcome conflicting(ObjectId step, Analysis.Conflicted conflict) {
    var message =
        "commit %s conflicts by itself in %s, although all commits together merge: git rebase onto the branch, or squash them"
            .formatted(
                step,
                String.join(", ", conflict.paths().stream().limit(5).map(Printable::of).toList()));
    return new Outcome.Refused(new Refusal(Reason.StepConflicts, message), conflict.isByChance());
  }

  private static Outcome differing(Merge merge) {
    return Outcome.Refused.because(
        Reason.StepsDiffer,
        "one by one, the commits of %s do not come to the tree %s that all together merge to: git rebase onto the branch, or squash them"
            .formatted(merge.head(), merge.tree()));
  }

  private byte[] start(ObjectId commit) {
    return repository
        .startOf(commit)
        .orElseThrow(() -> new IllegalStateException("no commit " + commit + " any more"));
  }

  /** Writes one commit after the other, each with its signature. */
  private record Signing(GitRepository repository, CommitForm form, CommitSigner signer) {
    /**
     * @param before signatures of the commits before it
     */
    Outcome made(ObjectId tree, List<ObjectId> parents, CommitMeta meta, List<byte[]> before) {
      byte[] commit = CommitBuilder.bytes(tree, parents, meta);
      if (form.signer().isEmpty()) {
        return new Outcome.Made(repository.writeCommit(commit), before);
      }
      var key = form.signer().get();
      var signature = signer.sign(commit).filter(bytes -> key.verify(commit, bytes));
      if (signature.isEmpty()) {
        return Outcome.Refused.because(
            Reason.BadSignature, "commit " + (before.size() + 1) + " is not signed by " + key);
      }
      List<byte[]> all = new ArrayList<>(before);
      all.add(signature.get());
      return new Outcome.Made(
          repository.writeCommit(SshSignature.into(commit, key, signature.get())), all);
    }
  }
}
