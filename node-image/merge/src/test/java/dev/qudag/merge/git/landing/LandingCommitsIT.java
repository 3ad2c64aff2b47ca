package dev.qudag.merge.git.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.Refusal.Reason;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.MergeAnalyzer;
import dev.qudag.merge.git.process.GitSettings;
import dev.qudag.merge.git.structure.TestingMergiraf;
import dev.qudag.merge.landing.CommitForm;
import dev.qudag.merge.landing.CommitForm.Method;
import dev.qudag.merge.landing.CommitSigner;
import dev.qudag.merge.landing.LandingMessage;
import dev.qudag.merge.parser.TestingSymbols;
import dev.qudag.merge.tree.TreeEntry;
import dev.qudag.merge.tree.TreeLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingCommitsIT {
  private static final CommitMeta META =
      new CommitMeta(
          "ada",
          "ada@s.qudag.invalid",
          "QuDAG",
          "hub@s.qudag.invalid",
          1_800_000_000,
          "Title\n\nProposal: p\nWorkspace: w\nAgent: ada\n");

  @TempDir Path folder;
  private GitRepository repository;
  private MergeAnalyzer analyzer;
  private ObjectId seed;
  private long time = 1_700_000_000;

  @BeforeEach
  void plant() {
    repository = GitRepository.openOrInit(folder.resolve("r.git"), RefName.branch("main"));
    analyzer = new MergeAnalyzer(repository);
    seed = commit("seed", List.of(), Map.of("f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n"));
  }

  @Test
  void aSquashIsOneCommitWithTheMergedTree() {
    ObjectId base = change(seed, "other", "b", "b\n");
    ObjectId head = change(change(seed, "one", "x", "1\n"), "two\n\nWhy", "y", "2\n");

    ObjectId landed = land(base, head, Method.Squash, true);

    assertThat(text(landed))
        .contains("\nparent " + base + "\nauthor ada <ada@s.qudag.invalid> 1800000000 +0000\n")
        .endsWith(
            "\n\nTitle\n\nWhy\n\n* one\n* two\n\nProposal: p\nWorkspace: w\nAgent: ada\n"
                + "Squashed-from: "
                + head
                + "\nSigned-off-by: ada <ada@s.qudag.invalid>\n");
    assertThat(files(landed)).containsKeys("b", "x", "y", "f");
  }

  @Test
  void aPlainMergeIsWhatItAlwaysWas() {
    ObjectId base = change(seed, "other", "b", "b\n");
    ObjectId head = change(seed, "one", "x", "1\n");
    var clean = (Analysis.Clean) analyzer.analyze(base, head);

    assertThat(land(base, head, Method.Merge, false))
        .isEqualTo(CommitBuilder.id(CommitBuilder.merge(clean.tree(), base, head, META)));
  }

  @Test
  void aRebaseMakesEachCommitAgainInOrder() {
    ObjectId base = change(seed, "other", "b", "b\n");
    ObjectId one = change(seed, "one\n\nSigned-off-by: Linus <l@x>", "x", "1\n");
    ObjectId nothing = commit("nothing", List.of(one), files(one));
    ObjectId two = change(nothing, "two", "y", "2\n");

    ObjectId landed = land(base, two, Method.Rebase, false);

    ObjectId first = repository.firstParent(landed).orElseThrow();
    assertThat(repository.firstParent(first)).hasValue(base);
    assertThat(files(first)).containsKeys("b", "x").doesNotContainKey("y");
    assertThat(files(landed)).containsKeys("b", "x", "y");
    assertThat(text(first))
        .contains("\nauthor ada <ada@s.qudag.invalid> 1800000000 +0000\n")
        .contains("\n\none\n\n> Signed-off-by: Linus <l@x>\n\nProposal: p\n")
        .endsWith("\nRebased-from: " + one + " (1)\n");
    assertThat(text(landed)).endsWith("\nRebased-from: " + two + " (2)\n");
  }

  @Test
  void whatCannotBeRebasedIsRefusedWithTheReason() {
    ObjectId base = change(seed, "other", "f", "1\n2\n3\n4\nbase\n6\n7\n8\n9\n");
    ObjectId merge =
        commit("merge", List.of(change(seed, "a", "a", "a\n"), seed), with(seed, "a", "a\n"));
    assertThat(refused(seed, merge)).isEqualTo(Reason.NotLinear);

    ObjectId away = change(seed, "away", "f", "1\n2\n3\n4\nmine\n6\n7\n8\n9\n");
    ObjectId back = change(away, "back", "f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    ObjectId more = change(back, "more", "m", "m\n");
    assertThat(refused(base, more)).isEqualTo(Reason.StepConflicts);

    ObjectId many = seed;
    for (int i = 0; i <= LandingCommits.MAX_COMMITS; i++) {
      many = change(many, "c" + i, "n", i + "\n");
    }
    assertThat(refused(base, many)).isEqualTo(Reason.TooManyCommits);
  }

  /** Where a step undoes what the branch did too, all together and one by one may differ. */
  @Test
  void stepsThatComeToAnotherTreeAreRefused() {
    ObjectId base = change(seed, "other", "new", "same\n");
    ObjectId added = change(seed, "add", "new", "same\n");
    ObjectId removed = commit("remove", List.of(added), files(seed));
    ObjectId more = change(removed, "more", "m", "m\n");

    assertThat(refused(base, more)).isEqualTo(Reason.StepsDiffer);
  }

  @Test
  void aSquashOfManyListsTheLastOnes() {
    ObjectId head = seed;
    for (int i = 0; i < LandingMessage.MAX_SUBJECTS + 5; i++) {
      head = change(head, "c" + i, "n", i + "\n");
    }

    assertThat(text(land(seed, head, Method.Squash, false)))
        .contains("\n* …\n* c5\n* c6\n")
        .contains("* c54\n")
        .doesNotContain("* c4\n");
  }

  /** The dependent has the unsquashed commits, and changes the very lines that they brought. */
  @Test
  void whatBuildsOnASquashedOrRebasedProposalLandsWithNothingLostOrDoubled() {
    for (Method method : List.of(Method.Squash, Method.Rebase)) {
      ObjectId one = change(seed, "one", "f", "1\n2\n3\n4\nx\n6\n7\n8\n9\n");
      ObjectId two = change(one, "two", "f", "1\n2\n3\n4\nx\ny\n6\n7\n8\n9\n");
      ObjectId dependent = change(two, "three", "f", "1\n2\n3\n4\nz\ny\n6\n7\n8\n9\n");
      ObjectId base = change(seed, "other", "b", "b\n");

      ObjectId first = land(base, two, method, false);
      ObjectId between = land(first, change(first, "else", "e", "e\n"), Method.Merge, false);
      ObjectId landed = land(between, dependent, method, false);

      assertThat(files(landed))
          .as(method.name())
          .containsEntry("f", "1\n2\n3\n4\nz\ny\n6\n7\n8\n9\n")
          .containsKeys("b", "e");
      assertThat(((Analysis.Clean) analyzer.analyze(between, dependent)).mergeBase())
          .isEqualTo(two);
      assertThat(repository.firstParent(landed)).hasValue(between);
      assertThat(((Analysis.Refused) analyzer.analyze(landed, two)).refusal().reason())
          .isEqualTo(Reason.NothingToMerge);
    }
  }

  @Test
  void aRevertUndoesAllThatLandedTogether() {
    for (Method method : List.of(Method.Squash, Method.Rebase)) {
      ObjectId base = change(seed, "other", "b", "b\n");
      ObjectId head = change(change(seed, "one", "x", "1\n"), "two", "y", "2\n");
      ObjectId landed = land(base, head, method, false);
      ObjectId after = land(landed, change(landed, "else", "e", "e\n"), method, false);

      var undone = (Analysis.Clean) analyzer.revert(after, landed);

      assertThat(files(undone.tree())).as(method.name()).containsOnlyKeys("f", "b", "e");
      assertThat(analyzer.before(landed)).hasValue(base);
    }
  }

  @Test
  void withoutASignatureNothingIsMadeThatNeedsOne() {
    ObjectId head = change(seed, "one", "x", "1\n");
    var clean = (Analysis.Clean) analyzer.analyze(seed, head);
    var key = dev.qudag.merge.signature.SshPublicKey.of(new byte[32]);
    var form = new CommitForm(Method.Squash, false, Optional.of(key));

    assertThat(
            new LandingCommits(repository)
                .merge(
                    new LandingCommits.Merge(seed, head, clean.mergeBase(), clean.tree()),
                    form,
                    META,
                    CommitSigner.NOBODY))
        .isInstanceOfSatisfying(
            LandingCommits.Outcome.Refused.class,
            why -> assertThat(why.refusal().reason()).isEqualTo(Reason.BadSignature));
  }

  /** Another node may come to its end, so nobody may take it for a property of the commits. */
  @Test
  void aStepWhoseStructuredMergeIsKilledIsRefusedByChance() {
    var asleep =
        TestingMergiraf.inItsPlace(folder, "exec /bin/sleep 600").withLimit(Duration.ofMillis(300));
    try (var parser = TestingSymbols.open()) {
      repository =
          GitRepository.openOrInit(
              folder.resolve("asleep.git"),
              RefName.branch("main"),
              GitSettings.DEFAULT,
              TreeLimits.DEFAULT,
              parser,
              asleep);
      analyzer = new MergeAnalyzer(repository);
      String source = "class A {\n  int a() { return 1; }\n  int b() { return 2; }\n}\n";
      seed = commit("seed", List.of(), Map.of("A.java", source));
      ObjectId base = change(seed, "ours", "A.java", source.replace("1", "10"));
      ObjectId there = change(seed, "there", "A.java", source.replace("2", "20"));
      ObjectId andBack = commit("and back", List.of(there), Map.of("A.java", source, "x", "1\n"));

      assertThat(outcome(base, andBack, Method.Rebase, false))
          .isInstanceOfSatisfying(
              LandingCommits.Outcome.Refused.class,
              why -> {
                assertThat(why.refusal().reason()).isEqualTo(Reason.StepConflicts);
                assertThat(why.isByChance()).isTrue();
              });
    }
  }

  private ObjectId land(ObjectId base, ObjectId head, Method method, boolean signOff) {
    return ((LandingCommits.Outcome.Made) outcome(base, head, method, signOff)).commit();
  }

  private Reason refused(ObjectId base, ObjectId head) {
    return ((LandingCommits.Outcome.Refused) outcome(base, head, Method.Rebase, false))
        .refusal()
        .reason();
  }

  private LandingCommits.Outcome outcome(
      ObjectId base, ObjectId head, Method method, boolean signOff) {
    var clean = (Analysis.Clean) analyzer.analyze(base, head);
    return new LandingCommits(repository)
        .merge(
            new LandingCommits.Merge(base, head, clean.mergeBase(), clean.tree()),
            new CommitForm(method, signOff, Optional.empty()),
            META,
            CommitSigner.NOBODY);
  }

  private ObjectId change(ObjectId on, String message, String path, String content) {
    return commit(message, List.of(on), with(on, path, content));
  }

  private Map<String, String> with(ObjectId on, String path, String content) {
    Map<String, String> files = new HashMap<>(files(on));
    files.put(path, content);
    return files;
  }

  private ObjectId commit(String message, List<ObjectId> parents, Map<String, String> files) {
    Map<String, byte[]> bytes = new TreeMap<>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    var meta = new CommitMeta("Linus", "l@example.org", "L", "l@example.org", time++, message);
    return repository.writeCommit(
        CommitBuilder.bytes(repository.writeTree(bytes), new ArrayList<>(parents), meta));
  }

  private Map<String, String> files(ObjectId treeish) {
    Map<String, String> files = new TreeMap<>();
    for (TreeEntry entry : repository.entries(treeish)) {
      files.put(
          new String(entry.path(), StandardCharsets.UTF_8),
          new String(repository.content(entry.id()), StandardCharsets.UTF_8));
    }
    return files;
  }

  private String text(ObjectId commit) {
    return new String(repository.content(commit), StandardCharsets.UTF_8);
  }
}
