package dev.qudag.node.fleet;

import dev.qudag.node.workspace.vcs.Git;
import java.util.Map;
import java.util.TreeMap;

/**
 * A repository of many small files, the same commits each time: a branch {@code main} that has
 * moved on since changes were begun, and the changes. Each touches three files that no other
 * touches; of the first {@link #MOVED} one is a file that the branch has changed too, some lines
 * above.
 *
 * <pre>
 *   :1 ---- 20 commits ---- main
 *    +-- change-0
 *    +-- change-1 ...
 * </pre>
 */
public final class BenchRepository {
  /** Commits of the branch that the changes do not know. */
  public static final int MOVED = 20;

  private static final int FILES_OF_CHANGE = 3;
  private static final int LINES = 12;
  private static final int LINE_OF_BRANCH = 2;
  private static final int LINE_OF_CHANGE = 10;
  private static final int NONE = 0;

  private BenchRepository() {}

  /** The name of a change's branch. */
  public static String change(int number) {
    return "change-" + number;
  }

  /**
   * Makes all of it in an empty repository. The branch is the same for any number of changes.
   *
   * @param files how many, at least three times the changes
   * @param more path to text of further files
   */
  public static void plant(Git git, int files, int changes, Map<String, String> more) {
    if (files < FILES_OF_CHANGE * Math.max(changes, MOVED)) {
      throw new IllegalArgumentException(
          "%d files for %d changes: expected %d files for each"
              .formatted(files, changes, FILES_OF_CHANGE));
    }
    var seed = new TreeMap<>(more);
    for (int file = 0; file < files; file++) {
      seed.put(path(file), text(file, NONE));
    }
    var made = new FastImport(git).commit("main", seed);
    for (int i = 0; i < MOVED; i++) {
      int file = FILES_OF_CHANGE * i;
      made.commit("main", Map.of(path(file), text(file, LINE_OF_BRANCH)));
    }
    for (int i = 0; i < changes; i++) {
      var touched = new TreeMap<String, String>();
      for (int k = 0; k < FILES_OF_CHANGE; k++) {
        int file = FILES_OF_CHANGE * i + k;
        touched.put(path(file), text(file, LINE_OF_CHANGE));
      }
      made.commit(change(i), 1, touched);
    }
    made.run();
  }

  /** 50 files in a folder, 20 folders in one. */
  private static String path(int file) {
    return "src/d%03d/d%02d/file%06d.txt".formatted(file / 1000, file / 50 % 20, file);
  }

  private static String text(int file, int changedLine) {
    var text = new StringBuilder();
    for (int line = 1; line <= LINES; line++) {
      text.append("file %d line %d%s\n".formatted(file, line, line == changedLine ? " new" : ""));
    }
    return text.toString();
  }
}
