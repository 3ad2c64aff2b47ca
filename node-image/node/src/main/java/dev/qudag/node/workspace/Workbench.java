package dev.qudag.node.workspace;

import dev.qudag.node.disk.DurableFiles;
import dev.qudag.node.workspace.vcs.Git;
import dev.qudag.node.workspace.vcs.Identity;
import dev.qudag.node.workspace.vcs.RefusedFiles;
import dev.qudag.node.workspace.vcs.Vcs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The sidecar's repository and the commits it makes. One call at a time.
 *
 * <pre>
 * refs/heads/BRANCH     the branch as the hub last showed it
 * refs/qudag/base       what the agent's files are built on: the cloned head, then each commit that the hub took,
 *                       the newest one of the branch after a sync, and what it was before after an undo
 * refs/qudag/revision   the newest commit made of the files
 * refs/qudag/pushed     the commit that is being pushed
 * refs/qudag/outgoing   the commit of the newest bundle
 * </pre>
 */
final class Workbench {

  private static final System.Logger LOG = System.getLogger(Workbench.class.getName());

  /** With less left no snapshot can be written. */
  private static final long FULL_BYTES = 1 << 20;

  private static final String BASE = "refs/qudag/base";
  private static final String REVISION = "refs/qudag/revision";
  private static final String PUSHED = "refs/qudag/pushed";
  private static final String OUTGOING = "refs/qudag/outgoing";

  private final Layout layout;
  private final Git git;
  private final Vcs vcs;
  private final Identity author;
  private final String branch;

  Workbench(Layout layout, Vcs vcs, Identity author, String branch) {
    this.layout = layout;
    this.git = layout.repository();
    this.vcs = vcs;
    this.author = author;
    this.branch = branch;
  }

  /** Takes a snapshot, and makes it a commit on top of the base unless it is the base. */
  synchronized Revision look(String title) {
    String tree = vcs.snapshot().orThrow();
    String base = git.commit(BASE).orElseThrow();
    String commit = git.tree(base).equals(tree) ? base : revision(tree, base, title);
    return at(commit, base, tree, RefusedFiles.of(git, layout.tree(), tree), List.of());
  }

  private Revision at(
      String commit, String base, String tree, List<String> refusedFiles, List<String> conflicts) {
    String[] counts =
        git.ask("rev-list", "--left-right", "--count", head() + "..." + commit).split("\t");
    return new Revision(
        commit,
        base,
        tree,
        Integer.parseInt(counts[1]),
        Integer.parseInt(counts[0]),
        refusedFiles,
        conflicts);
  }

  /** The newest commit that was made of the files, for the time that they are in conflict. */
  synchronized Revision lastRevision(List<String> conflicts) {
    String commit = git.commit(REVISION).orElseGet(this::base);
    return at(commit, base(), git.tree(commit), List.of(), conflicts);
  }

  /** The files as one change of another commit than their base; no ref keeps it. */
  synchronized String work(Revision revision, String parent, String title) {
    git.ask("update-ref", REVISION, revision.commit());
    return git.commitTree(author, revision.tree(), parent, title);
  }

  /** The same files, base and title are the same commit, however often they are looked at. */
  private String revision(String tree, String base, String title) {
    Optional<String> last = git.commit(REVISION);
    String wanted = tree + "\n" + base + "\n" + title;
    if (last.isPresent()
        && git.ask("log", "-1", "--format=%T%n%P%n%s", last.get()).equals(wanted)) {
      return last.get();
    }
    String commit = git.commitTree(author, tree, base, title);
    git.ask("update-ref", REVISION, commit);
    return commit;
  }

  /** The branch's head as the hub last showed it. */
  synchronized String head() {
    return git.commit("refs/heads/" + branch).orElseThrow();
  }

  synchronized String base() {
    return git.commit(BASE).orElseThrow();
  }

  /** What the agent does next is built on this commit. */
  synchronized void adopt(String commit) {
    git.ask("update-ref", BASE, commit);
  }

  /** Takes a pushed commit over from another repository of the sidecar's. */
  synchronized void take(Git from, String ref) {
    git.ask(
        "-c",
        "fetch.fsckObjects=true",
        "fetch",
        "--quiet",
        "--no-tags",
        "--no-write-fetch-head",
        from.directory().toString(),
        "+" + ref + ":" + PUSHED);
  }

  synchronized boolean isOnBranch(String commit) {
    return git.isAncestor(commit, head());
  }

  synchronized String subject(String commit) {
    return git.ask("log", "-1", "--format=%s", commit);
  }

  /** A bundle of what the hub may lack; nothing when the branch holds the commit. */
  synchronized Optional<Path> bundle(String commit) {
    if (isOnBranch(commit)) {
      return Optional.empty();
    }
    git.ask("update-ref", OUTGOING, commit);
    Path file = layout.data().resolve("outgoing.bundle");
    git.ask("bundle", "create", "--quiet", file.toString(), OUTGOING, "^refs/heads/" + branch);
    return Optional.of(file);
  }

  /** Takes the branch as the hub shows it. */
  synchronized String takeBranch(Path bundle) {
    String ref = "refs/heads/" + branch;
    git.ask(
        "fetch",
        "--quiet",
        "--no-tags",
        "--no-write-fetch-head",
        "--update-head-ok",
        bundle.toString(),
        "+" + ref + ":" + ref);
    return head();
  }

  /** The proposal that was handed in last, also by an earlier process. */
  synchronized Optional<String> lastProposal() {
    try {
      return Files.exists(layout.lastProposal())
          ? Optional.of(Files.readString(layout.lastProposal()).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the agent has filled the volume: git does not always say that this is why it fails. */
  boolean isFull() {
    try {
      return Files.getFileStore(layout.data()).getUsableSpace() < FULL_BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For {@code status}: the hub has taken it, whether or not there is room to note that here. */
  synchronized void remember(String proposal) {
    try {
      DurableFiles.write(layout.lastProposal(), (proposal + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the last proposal is not noted: {0}", e.getMessage());
    }
  }
}
