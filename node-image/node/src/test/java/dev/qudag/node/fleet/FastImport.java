package dev.qudag.node.fleet;

import dev.qudag.node.workspace.vcs.Git;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Commits that git-fast-import(1) makes in one go. No clock takes part: the same commits have the
 * same ids.
 */
public final class FastImport {
  private static final String WHO = "Bench <bench@example.invalid> 1750000000 +0000";

  private final Git git;
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private int commits;

  public FastImport(Git git) {
    this.git = git;
  }

  /** Adds a commit on what its branch holds, or a first one, that writes these files. */
  public FastImport commit(String branch, Map<String, String> files) {
    return begin(branch).files(files);
  }

  /**
   * Adds the first commit of a branch that writes these files on a commit of this import.
   *
   * @param parent its number in the order of their adding, from 1
   */
  public FastImport commit(String branch, int parent, Map<String, String> files) {
    return begin(branch).line("from :" + parent).files(files);
  }

  private FastImport begin(String branch) {
    commits++;
    return line("commit refs/heads/" + branch)
        .line("mark :" + commits)
        .line("committer " + WHO)
        .data("change " + commits);
  }

  private FastImport files(Map<String, String> files) {
    files.forEach((path, text) -> line("M 100644 inline " + path).data(text));
    return this;
  }

  private FastImport data(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    line("data " + bytes.length);
    stream.writeBytes(bytes);
    return line("");
  }

  private FastImport line(String line) {
    stream.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Makes them. */
  public void run() {
    var ignored = git.command("fast-import", "--quiet").run(stream.toByteArray()).orThrow();
  }
}
