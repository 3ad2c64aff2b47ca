package dev.qudag.node.workspace.vcs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A three-way merge whose conflicts all stand as markers in files. Git marks only what two texts
 * have in conflict; where one side deleted what the other changed, or where git cannot merge a
 * file's content, both sides are put into the file whole, as jj does it.
 *
 * <p>The markers name two refs of the sidecar's, so that no other text is taken for them.
 */
record MarkedMerge(Git git) {

  private static final String WORK = "refs/qudag/work";
  private static final String ONTO = "refs/qudag/onto";
  private static final String BASE = "refs/qudag/base";
  private static final String MARKER = "^(<<<<<<< " + WORK + "|>>>>>>> " + ONTO + ")";
  private static final int CLEAN = 0;
  private static final int CONFLICTED = 1;

  /** A path in conflict: who has which blob there, by git's numbers of the sides. */
  private record Sides(Map<Integer, String> blobs) {}

  /**
   * Files that differ from the base and hold a marker; one that the base has, and that was taken
   * out, is none.
   */
  List<String> conflicts(String tree) {
    return Nul.split(
            git.command(
                    "diff-tree",
                    "-r",
                    "-z",
                    "--no-renames",
                    "--name-only",
                    "--text",
                    "--diff-filter=d",
                    "-G" + MARKER,
                    BASE,
                    tree)
                .run()
                .orThrow()
                .text())
        .stream()
        .filter(path -> isMarked(tree, path))
        .toList();
  }

  /** The tree of both; it holds markers where they are in conflict. */
  String merge(String work, String onto) {
    git.ask("update-ref", WORK, work);
    git.ask("update-ref", ONTO, onto);
    var output =
        git.command(
                "-c", "merge.conflictStyle=diff3", "merge-tree", "--write-tree", "-z", WORK, ONTO)
            .run();
    if (output.code() != CLEAN && output.code() != CONFLICTED) {
      output = output.orThrow();
    }
    String text = output.text();
    String merged = text.substring(0, text.indexOf('\0'));
    return output.code() == CLEAN ? merged : marked(merged, sides(text));
  }

  /** After the tree, up to an empty entry: {@code MODE BLOB SIDE<tab>PATH}. */
  private static Map<String, Sides> sides(String text) {
    var sides = new LinkedHashMap<String, Sides>();
    String[] entries = text.split("\0", -1);
    for (int i = 1; i < entries.length && !entries[i].isEmpty(); i++) {
      int tab = entries[i].indexOf('\t');
      String[] facts = entries[i].substring(0, tab).split(" ");
      sides
          .computeIfAbsent(entries[i].substring(tab + 1), path -> new Sides(new LinkedHashMap<>()))
          .blobs()
          .put(Integer.parseInt(facts[2]), facts[0] + "," + facts[1]);
    }
    return sides;
  }

  private String marked(String merged, Map<String, Sides> conflicts) {
    var additions = new ArrayList<String>();
    conflicts.forEach(
        (path, sides) -> {
          Optional<String> there = type(merged, path);
          boolean isMarked = there.filter("blob"::equals).isPresent() && isMarked(merged, path);
          if (!isMarked && !there.filter("tree"::equals).isPresent()) {
            additions.addAll(List.of("--cacheinfo", "100644," + both(sides) + "," + path));
          }
        });
    if (additions.isEmpty()) {
      return merged;
    }
    Path file = git.directory().resolve("index-" + UUID.randomUUID());
    var index = Map.of("GIT_INDEX_FILE", file.toString());
    try {
      git.command(index, "read-tree", merged).run().orThrow();
      additions.addAll(0, List.of("update-index", "--add"));
      git.command(index, additions.toArray(String[]::new)).run().orThrow();
      return git.command(index, "write-tree").run().orThrow().line();
    } finally {
      file.toFile().delete();
    }
  }

  private Optional<String> type(String tree, String path) {
    var output = git.command("cat-file", "-t", tree + ":" + path).run();
    return output.succeeded() ? Optional.of(output.line()) : Optional.empty();
  }

  private boolean isMarked(String tree, String path) {
    return content(tree + ":" + path)
        .lines()
        .anyMatch(line -> line.startsWith("<<<<<<< " + WORK) || line.startsWith(">>>>>>> " + ONTO));
  }

  /** Both contents in one file; a side without a file there is empty. */
  private String both(Sides sides) {
    String text =
        "<<<<<<< %s\n%s=======\n%s>>>>>>> %s\n"
            .formatted(WORK, side(sides, 2), side(sides, 3), ONTO);
    return git.command("hash-object", "-w", "--stdin")
        .run(text.getBytes(StandardCharsets.ISO_8859_1))
        .orThrow()
        .line();
  }

  private String side(Sides sides, int number) {
    String entry = sides.blobs().getOrDefault(number, "");
    if (entry.isEmpty() || entry.startsWith("160000")) {
      return "";
    }
    String content = content(entry.substring(entry.indexOf(',') + 1));
    return content.isEmpty() || content.endsWith("\n") ? content : content + "\n";
  }

  /** Bytes as characters of the same number: what is no text stays what it is. */
  private String content(String object) {
    return new String(
        git.command("cat-file", "blob", object).run().orThrow().out(), StandardCharsets.ISO_8859_1);
  }
}
