package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.ObjectId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random edits of a class by two sides, merged by real git. */
class RandomConflictsIT {
  private static final int PAIRS = 150;
  private static final List<String> BASE =
      List.of("package a;", "", "import m.M;", "", "class C {", "  int x;", "}");
  private static final List<String> IMPORTS =
      List.of("import a.A;", "import b.B;", "import n.N;", "import o.O;", "import p.P;");

  @TempDir Path directory;
  private TestingHistory history;
  private MergeAnalyzer analyzer;
  private ObjectId root;

  @BeforeEach
  void init() {
    history = TestingHistory.in(directory.resolve("hub.git"));
    analyzer = new MergeAnalyzer(history.repository);
    root = history.commit(List.of(), "C.java", text(BASE));
  }

  @Test
  void whatASideAddsIsInWhateverLandsWithoutPeople() {
    var outcomes = new HashSet<FileOutcome>();
    for (long seed = 1; seed <= PAIRS; seed++) {
      var random = new Random(seed);
      var ours = edited(random);
      var theirs = edited(random);
      switch (merge(ours, theirs)) {
        case Analysis.Clean clean -> {
          outcomes.addAll(outcomes(clean.resolved()));
          var merged = content(clean.tree());
          assertThat(merged)
              .as("seed %d", seed)
              .containsAll(added(ours))
              .containsAll(added(theirs));
        }
        case Analysis.Conflicted conflicted -> outcomes.addAll(outcomes(conflicted.files()));
        case Analysis.Refused _ ->
            assertThat(ours).as("seed %d: nothing to merge", seed).containsAll(added(theirs));
      }
    }
    assertThat(outcomes).contains(FileOutcome.Resolved, FileOutcome.NoRule);
  }

  @Test
  void whichSideIsTheBranchChangesNothing() {
    for (long seed = 1; seed <= PAIRS; seed++) {
      var random = new Random(seed);
      var ours = edited(random);
      var theirs = edited(random);
      if (merge(ours, theirs) instanceof Analysis.Clean one
          && merge(theirs, ours) instanceof Analysis.Clean other) {
        assertThat(one.tree()).as("seed %d", seed).isEqualTo(other.tree());
      }
    }
  }

  private Analysis merge(List<String> ours, List<String> theirs) {
    return analyzer.analyze(
        history.commit(List.of(root), "C.java", text(ours)),
        history.commit(List.of(root), "C.java", text(theirs)));
  }

  private static List<String> edited(Random random) {
    var lines = new ArrayList<>(BASE);
    for (int edits = 1 + random.nextInt(2); edits > 0; edits--) {
      switch (random.nextInt(6)) {
        case 0 -> lines.set(lines.indexOf("}") - 1, "  int x" + random.nextInt(3) + ";");
        case 1 -> lines.add(lines.indexOf("}"), "  int y" + random.nextInt(3) + ";");
        default -> lines.add(2 + random.nextInt(2), IMPORTS.get(random.nextInt(IMPORTS.size())));
      }
    }
    return List.copyOf(lines);
  }

  private static Set<String> added(List<String> side) {
    var added = new HashSet<>(side);
    BASE.forEach(added::remove);
    return added;
  }

  private static List<FileOutcome> outcomes(List<FileReport> files) {
    return files.stream().map(FileReport::outcome).toList();
  }

  private List<String> content(ObjectId tree) {
    var file = history.repository.entries(tree).getFirst();
    return new String(history.repository.content(file.id()), UTF_8).lines().toList();
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
