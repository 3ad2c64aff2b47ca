package dev.qudag.merge.git;

import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.process.Answer;
import dev.qudag.merge.git.process.Dialogues;
import dev.qudag.merge.git.process.GitException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Merges by a git that merges one pair of commits after the other: {@code git merge-tree --stdin}.
 *
 * <p>Git before 2.49 does not flush its answers but when 4 KiB of them have come together (git
 * commit 344a107b55). So each pair is followed by another one, whose answer is a conflict of many
 * long paths: it pushes the answer before it out, and is read before the next one.
 */
final class MergeTrees {
  static final String[] COMMAND = {
    "merge-tree", "--write-tree", "--stdin", "-z", "--name-only", "--no-messages"
  };

  private static final String CLEAN = "1";
  private static final String CONFLICTED = "0";

  /** Of 240 bytes each: together more than twice what git holds back. */
  private static final int PATHS = 40;

  private static final String NOBODY = "flush@qudag.invalid";
  private static final CommitMeta META =
      new CommitMeta("QuDAG", NOBODY, "QuDAG", NOBODY, 0, "Flush an answer of git");

  private final Dialogues gits;
  private final LooseObjects objects;
  private String flush = "";

  /**
   * @param gits that run {@link #COMMAND}
   */
  MergeTrees(Dialogues gits, LooseObjects objects) {
    this.gits = gits;
    this.objects = objects;
  }

  /**
   * What git made of two commits.
   *
   * @param tree in the repository; with conflict markers where there are conflicts
   * @param conflicts the paths in conflict; none when it is clean
   */
  record Merged(boolean clean, ObjectId tree, List<String> conflicts) {}

  /**
   * @param ours a commit of the repository, as {@code theirs}, with a common ancestor
   * @throws GitException when git cannot merge them
   */
  Merged merge(ObjectId ours, ObjectId theirs) {
    var question = "%s %s\n%s\n".formatted(ours, theirs, flush());
    try (var git = gits.lend()) {
      var isFirst = !git.wasAsked();
      return git.ask(question, answer -> isFirst ? read(answer) : second(answer));
    }
  }

  /** What comes first is of the pair that flushed the answer before. */
  private static Merged second(Answer answer) throws IOException {
    var unused = read(answer);
    return read(answer);
  }

  /** "status NUL tree NUL", the paths in conflict, each with a NUL, and a NUL at the end. */
  private static Merged read(Answer answer) throws IOException {
    var status = answer.text('\0');
    if (!status.equals(CLEAN) && !status.equals(CONFLICTED)) {
      throw new IOException("git merge-tree answered with the status '" + status + "'");
    }
    var tree = ObjectId.of(answer.text('\0'));
    var conflicts = new ArrayList<String>();
    for (var path = answer.text('\0'); !path.isEmpty(); path = answer.text('\0')) {
      conflicts.add(path);
    }
    return new Merged(status.equals(CLEAN), tree, conflicts);
  }

  /** Two commits that conflict: one changed each file that the other deleted. */
  private synchronized String flush() {
    if (flush.isEmpty()) {
      var root = commit("base", PATHS, List.of());
      var changed = commit("changed", PATHS, List.of(root));
      var deleted = commit("deleted", 0, List.of(root));
      flush = changed + " " + deleted;
    }
    return flush;
  }

  private ObjectId commit(String content, int paths, List<ObjectId> parents) {
    var files = new TreeMap<String, byte[]>();
    for (var i = 0; i < paths; i++) {
      files.put("%0240d".formatted(i), content.getBytes(StandardCharsets.US_ASCII));
    }
    var tree = new TreeWriter(objects).write(files);
    return objects.write("commit", CommitBuilder.bytes(tree, parents, META));
  }
}
