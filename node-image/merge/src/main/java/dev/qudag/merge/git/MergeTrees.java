package dev.qudag.merge.git;

import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Printable;
import dev.qudag.merge.git.process.Answer;
import dev.qudag.merge.git.process.Dialogues;
import dev.qudag.merge.git.process.GitException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Merges by a git that merges one pair of commits after the other: {@code git merge-tree --stdin}.
 *
 * <p>Git before 2.49 does not flush its answers but when 4 KiB of them have come together (git
 * commit 344a107b55). So each pair is followed by another one, whose answer is a conflict of many
 * long paths: it pushes the answer before it out, and is read before the next one.
 */
final class MergeTrees {
  static final String[] COMMAND = {"merge-tree", "--write-tree", "--stdin", "-z"};

  /** What advice counts as among the types of messages. */
  static final String ADVICE = "advice";

  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}");

  private static final String CLEAN = "1";
  private static final String CONFLICTED = "0";

  /** Of 240 bytes each, and each is named six times: together thrice what git holds back. */
  private static final int PATHS = 10;

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
   * @param stages the versions of what is in conflict, by path; none when it is clean
   * @param messages what git says of conflicts; none when it is clean
   */
  record Merged(boolean clean, ObjectId tree, List<Stage> stages, List<Message> messages) {
    /** The paths in conflict, sorted. */
    List<String> conflicts() {
      return stages.stream().map(Stage::path).distinct().sorted().toList();
    }
  }

  /**
   * One version of a path in conflict.
   *
   * @param mode as in {@link dev.qudag.merge.tree.TreeEntry}
   * @param number 1 the ancestor's, 2 ours, 3 theirs (git-merge(1), "true merge")
   */
  record Stage(String mode, ObjectId id, int number, String path) {
    private static final Pattern FORM =
        Pattern.compile("([0-7]{6}) ([0-9a-f]{40}) ([123])\\t(.+)", Pattern.DOTALL);

    private static Stage parse(String field) throws IOException {
      var match = FORM.matcher(field);
      if (!match.matches()) {
        throw new IOException("git merge-tree names the version '" + Printable.of(field) + "'");
      }
      return new Stage(
          match.group(1),
          ObjectId.of(match.group(2)),
          Integer.parseInt(match.group(3)),
          match.group(4));
    }
  }

  /**
   * @param type one of git's fixed names, such as {@code CONFLICT (contents)}; or {@link
   *     MergeTrees#ADVICE}
   */
  record Message(List<String> paths, String type) {}

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

  /**
   * "status NUL tree NUL", the versions of what is in conflict, each with a NUL, and a NUL; where
   * there are conflicts then the messages, and a NUL.
   */
  private static Merged read(Answer answer) throws IOException {
    var status = answer.text('\0');
    if (!status.equals(CLEAN) && !status.equals(CONFLICTED)) {
      throw new IOException("git merge-tree answered with the status '" + status + "'");
    }
    var clean = status.equals(CLEAN);
    var tree = ObjectId.of(answer.text('\0'));
    var stages = new ArrayList<Stage>();
    for (var field = answer.text('\0'); !field.isEmpty(); field = answer.text('\0')) {
      stages.add(Stage.parse(field));
    }
    return new Merged(clean, tree, stages, clean ? List.of() : messages(answer));
  }

  /**
   * Each is "count NUL", so many paths, its type and a text, each with a NUL. Where submodules are
   * in conflict, an older git goes on with advice to people, up to the NUL that ends the answer.
   */
  private static List<Message> messages(Answer answer) throws IOException {
    var messages = new ArrayList<Message>();
    for (var count = answer.text('\0'); !count.isEmpty(); count = answer.text('\0')) {
      if (!COUNT.matcher(count).matches()) {
        messages.add(new Message(List.of(), ADVICE));
        return messages;
      }
      var paths = new ArrayList<String>();
      for (var left = Integer.parseInt(count); left > 0; left--) {
        paths.add(answer.text('\0'));
      }
      messages.add(new Message(paths, answer.text('\0')));
      var unused = answer.text('\0');
    }
    return messages;
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
