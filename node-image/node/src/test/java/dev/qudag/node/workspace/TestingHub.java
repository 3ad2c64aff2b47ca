package dev.qudag.node.workspace;

import dev.qudag.node.workspace.vcs.Git;
import dev.qudag.node.workspace.vcs.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A hub in the test's own process, over a real bare repository: what it took, and what the test
 * says became of it.
 */
final class TestingHub implements HubGateway {

  static final Identity SOMEBODY = new Identity("somebody", "somebody@example.invalid");

  final Git git;
  final List<Submission> submissions = new ArrayList<>();
  final List<Duration> limits = new ArrayList<>();
  final List<Revision> heartbeats = new ArrayList<>();
  final Map<String, Outcome> outcomes = new TreeMap<>();
  Optional<Receipt.Refused> refusal = Optional.empty();
  boolean away;

  TestingHub(Path folder, Map<String, String> files) {
    git = new Git(folder.resolve("hub.git"), folder);
    git.init("main");
    commit("first", files);
  }

  /** Puts files on the branch, as another workspace's landed change would. */
  String commit(String title, Map<String, String> files) {
    var index = Map.of("GIT_INDEX_FILE", git.directory().resolve("test-index").toString());
    git.commit("refs/heads/main")
        .ifPresent(head -> git.command(index, "read-tree", head).run().orThrow());
    files.forEach(
        (path, text) -> {
          String blob =
              git.command("hash-object", "-w", "--stdin")
                  .run(text.getBytes(StandardCharsets.UTF_8))
                  .orThrow()
                  .line();
          git.command(index, "update-index", "--add", "--cacheinfo", "100644," + blob + "," + path)
              .run()
              .orThrow();
        });
    String tree = git.command(index, "write-tree").run().orThrow().line();
    String commit =
        git.commit("refs/heads/main")
            .map(head -> git.commitTree(SOMEBODY, tree, head, title))
            .orElseGet(() -> firstCommit(tree, title));
    git.ask("update-ref", "refs/heads/main", commit);
    return commit;
  }

  private String firstCommit(String tree, String title) {
    var who =
        Map.of(
            "GIT_AUTHOR_NAME", "somebody",
            "GIT_AUTHOR_EMAIL", "somebody@example.invalid",
            "GIT_COMMITTER_NAME", "somebody",
            "GIT_COMMITTER_EMAIL", "somebody@example.invalid");
    return git.command(who, "commit-tree", tree, "-m", title).run().orThrow().line();
  }

  String head() {
    return git.commit("refs/heads/main").orElseThrow();
  }

  Submission last() {
    return submissions.getLast();
  }

  String file(String commit, String path) {
    return git.ask("show", commit + ":" + path);
  }

  @Override
  public Optional<Path> fetchBranch(List<String> haves, Path file) {
    answer();
    if (haves.contains(head())) {
      return Optional.empty();
    }
    var words =
        new ArrayList<>(List.of("bundle", "create", "--quiet", file.toString(), "refs/heads/main"));
    haves.forEach(have -> words.add("^" + have));
    git.ask(words.toArray(String[]::new));
    return Optional.of(file);
  }

  @Override
  public Receipt submit(Submission submission, Duration limit) {
    limits.add(limit);
    answer();
    if (refusal.isPresent() && !git.isAncestor(submission.commit(), "refs/heads/main")) {
      return refusal.get();
    }
    submission.bundle().ifPresent(bundle -> take(bundle, submission.commit()));
    submissions.add(submission);
    return new Receipt.Accepted("mp-" + submission.commit().substring(0, 20));
  }

  private void take(Path bundle, String commit) {
    git.ask("bundle", "verify", "--quiet", bundle.toString());
    git.ask("fetch", "--quiet", bundle.toString(), "refs/qudag/outgoing:refs/taken/" + commit);
    try {
      Files.delete(bundle);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Outcome outcome(String proposal, boolean waits) {
    answer();
    return outcomes.getOrDefault(proposal, new Outcome.Pending("OPEN"));
  }

  @Override
  public String heartbeat(Revision revision) {
    answer();
    heartbeats.add(revision);
    return head();
  }

  private void answer() {
    if (away) {
      throw new HubUnavailableException("UNAVAILABLE", new IOException("away"));
    }
  }
}
