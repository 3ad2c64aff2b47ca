package dev.qudag.node.hub.upstream;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Printable;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.process.GitException;
import dev.qudag.merge.git.process.GitProcess;
import dev.qudag.merge.git.process.GitSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The gits that talk to upstream: with the empty configuration of all others, and the one protocol
 * of the URL. Each has a time limit.
 */
final class RemoteGit {
  private static final GitSettings LOOK = limited(Duration.ofSeconds(20));
  private static final GitSettings PUSH = limited(Duration.ofSeconds(60));
  private static final GitSettings FETCH = limited(Duration.ofMinutes(10));
  private static final List<Integer> ENDS = List.of(0, 1, 128);

  private final UpstreamUrl url;
  private final RefName branch;
  private final Credentials credentials;

  /**
   * @param branch at the server
   */
  RemoteGit(UpstreamUrl url, RefName branch, Credentials credentials) {
    this.url = url;
    this.branch = branch;
    this.credentials = credentials;
  }

  private static GitSettings limited(Duration limit) {
    return new GitSettings("git", limit, 1L << 20);
  }

  /**
   * What git said.
   *
   * @param words why not, when it did not end well
   */
  record Said(boolean ended, String output, String words) {}

  /** Where the branch is. */
  sealed interface Head {
    record At(ObjectId commit) implements Head {}

    record Nowhere() implements Head {}

    record Unknown(String why) implements Head {}
  }

  /**
   * @param repository in which git runs
   */
  Head look(Path repository) {
    Said said = run(LOOK, repository, "ls-remote", url.text(), branch.full());
    if (!said.ended()) {
      return new Head.Unknown(said.words());
    }
    return said.output()
        .lines()
        .filter(line -> line.endsWith("\t" + branch.full()))
        .flatMap(line -> ObjectId.parse(line.substring(0, line.indexOf('\t'))).stream())
        .findFirst()
        .<Head>map(Head.At::new)
        .orElseGet(Head.Nowhere::new);
  }

  /**
   * What became of a push.
   *
   * @param report of the branch, when it came to that
   * @param words of the server, or of git
   */
  record Pushed(Optional<PushReport> report, String words) {
    boolean isTaken() {
      return report.filter(PushReport::taken).isPresent();
    }

    boolean isRefusedByTheServer() {
      return report.filter(PushReport::isRefusedByTheServer).isPresent();
    }
  }

  /**
   * Moves the branch there from the base to the commit if it still is at the base; and the notes,
   * which are the hub's own, to where they are here.
   */
  Pushed push(Path repository, ObjectId commit, ObjectId base, RefName notes) {
    Said said =
        run(
            PUSH,
            repository,
            "push",
            "--porcelain",
            "--no-verify",
            "--recurse-submodules=no",
            "--force-with-lease=" + branch.full() + ":" + base.hex(),
            url.text(),
            commit.hex() + ":" + branch.full(),
            "+" + notes.full() + ":" + notes.full());
    Optional<PushReport> report = PushReport.of(said.output(), branch.full());
    String why = report.map(PushReport::why).filter(text -> !text.isEmpty()).orElse("");
    return new Pushed(
        report, why.isEmpty() ? said.words() : Printable.of(said.words() + " " + why).strip());
  }

  /** Brings the branch to a ref of a repository; empty, or why not. */
  Optional<String> fetch(Path repository, RefName to) {
    Said said =
        run(
            FETCH,
            repository,
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-recurse-submodules",
            "--refmap=",
            url.text(),
            "+" + branch.full() + ":" + to.full());
    return said.ended() ? Optional.empty() : Optional.of(said.words());
  }

  private Said run(GitSettings settings, Path repository, String... command) {
    Map<String, String> environment = new TreeMap<>(credentials.environment(url.scheme()));
    environment.put("GIT_ALLOW_PROTOCOL", url.scheme().text());
    List<String> words = new ArrayList<>();
    List<String> more = new ArrayList<>(credentials.settings(url.scheme()));
    more.add("http.followRedirects=false");
    more.add("http.lowSpeedLimit=1000");
    more.add("http.lowSpeedTime=30");
    more.forEach(setting -> words.addAll(List.of("-c", setting)));
    words.addAll(List.of(command));
    try {
      GitProcess.Result<byte[]> result =
          new GitProcess(settings, repository, environment)
              .run(GitProcess.Input.NONE, ENDS, words.toArray(String[]::new));
      return new Said(
          result.exit() == 0,
          new String(result.output(), StandardCharsets.UTF_8),
          result.exit() == 0 ? "" : ServerWords.of(result.error()));
    } catch (GitException e) {
      return new Said(false, "", "git %s: %s".formatted(command[0], end(e)));
    }
  }

  /** How it ended, without the command before it, which says nothing to people. */
  private static String end(GitException e) {
    String message = String.valueOf(e.getMessage());
    return Printable.of(message.substring(message.lastIndexOf(": ") + 1).strip());
  }
}
