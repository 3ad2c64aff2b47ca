package dev.qudag.merge.quality;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.Category;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.MergeAnalyzer;
import dev.qudag.merge.git.process.GitSettings;
import dev.qudag.merge.git.structure.TestingMergiraf;
import dev.qudag.merge.parser.SymbolProgram;
import dev.qudag.merge.parser.TestingSymbols;
import dev.qudag.merge.tree.TreeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that merges without a person. */
sealed interface Contender {

  /**
   * @param folder an empty one of its own
   * @return what it merged to, and the category that it names; empty when it leaves a person to it
   */
  Optional<Result> merge(StrangersMerge merge, Path folder)
      throws IOException, InterruptedException;

  record Result(String category, Map<String, byte[]> files) {}

  /** What lands here by the default of {@code policy.autoResolve}, with the report's category. */
  record Ours() implements Contender {
    @Override
    public Optional<Result> merge(StrangersMerge merge, Path folder) {
      var commits = Commits.in(folder.resolve("ours.git"), merge);
      var analysis =
          new MergeAnalyzer(commits.repository()).analyze(commits.ours(), commits.theirs());
      return analysis instanceof Analysis.Clean clean && lands(clean.category())
          ? Optional.of(new Result(clean.category().name(), commits.files(clean.tree())))
          : Optional.empty();
    }

    private static boolean lands(Category category) {
      return switch (category) {
        case None, Textual, Syntactic -> true;
        case Semantic, Complex -> false;
      };
    }
  }

  /** {@code git merge-tree}. */
  record Git() implements Contender {
    @Override
    public Optional<Result> merge(StrangersMerge merge, Path folder)
        throws IOException, InterruptedException {
      var repository = folder.resolve("git.git");
      var commits = Commits.in(repository, merge);
      var git =
          new ProcessBuilder(
                  "git",
                  "--git-dir=" + repository,
                  "merge-tree",
                  "--write-tree",
                  commits.ours().hex(),
                  commits.theirs().hex())
              .redirectErrorStream(true)
              .start();
      var said = new String(git.getInputStream().readAllBytes(), UTF_8);
      return git.waitFor() == 0
          ? Optional.of(new Result("clean", commits.files(ObjectId.of(said.strip()))))
          : Optional.empty();
    }
  }

  /** mergiraf for every file, with nothing before or after it. */
  record Mergiraf() implements Contender {
    @Override
    public Optional<Result> merge(StrangersMerge merge, Path folder)
        throws IOException, InterruptedException {
      var files = new LinkedHashMap<String, byte[]>();
      for (var path : merge.ancestor().keySet()) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        var ancestor = write(folder, "ancestor", name, merge.ancestor().get(path));
        var ours = write(folder, "ours", name, merge.ours().get(path));
        var theirs = write(folder, "theirs", name, merge.theirs().get(path));
        var merged = folder.resolve("merged-" + name);
        var mergiraf =
            new ProcessBuilder(
                    TestingMergiraf.settings().program().orElseThrow().toString(),
                    "merge",
                    ancestor.toString(),
                    ours.toString(),
                    theirs.toString(),
                    "--output=" + merged)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (mergiraf.waitFor() != 0) {
          return Optional.empty();
        }
        files.put(path, Files.readAllBytes(merged));
      }
      return Optional.of(new Result("clean", files));
    }

    private static Path write(Path folder, String side, String name, byte[] content)
        throws IOException {
      return Files.write(folder.resolve(side + "-" + name), content);
    }
  }

  /** The merge as commits of a repository of its own. */
  record Commits(GitRepository repository, ObjectId ours, ObjectId theirs) {
    private static final SymbolProgram PARSER = TestingSymbols.open();
    private static final CommitMeta META =
        new CommitMeta("A", "a@example.org", "A", "a@example.org", 1_700_000_000, "change");

    static Commits in(Path directory, StrangersMerge merge) {
      var repository =
          GitRepository.openOrInit(
              directory,
              RefName.branch("main"),
              GitSettings.DEFAULT,
              TreeLimits.DEFAULT,
              PARSER,
              TestingMergiraf.settings());
      var ancestor = commit(repository, merge.ancestor(), List.of());
      return new Commits(
          repository,
          commit(repository, merge.ours(), List.of(ancestor)),
          commit(repository, merge.theirs(), List.of(ancestor)));
    }

    private static ObjectId commit(
        GitRepository repository, Map<String, byte[]> files, List<ObjectId> parents) {
      return repository.writeCommit(
          CommitBuilder.bytes(repository.writeTree(files), parents, META));
    }

    Map<String, byte[]> files(ObjectId tree) {
      var files = new LinkedHashMap<String, byte[]>();
      for (var entry : repository.entries(tree)) {
        files.put(new String(entry.path(), UTF_8), repository.content(entry.id()));
      }
      return files;
    }
  }
}
