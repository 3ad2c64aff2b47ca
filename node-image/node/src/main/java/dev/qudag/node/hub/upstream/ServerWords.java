package dev.qudag.node.hub.upstream;

import dev.qudag.merge.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What git and the server said, for people: one printable line, of a few hundred characters. */
final class ServerWords {
  private static final String REMOTE = "remote:";
  private static final String NO_CONNECTION = "fatal: Could not read from remote repository.";
  private static final int WORDS_OF_SSH = 2;

  private ServerWords() {}

  /**
   * The server's own words where there are some, else the errors of git.
   *
   * @param error what git wrote to its standard error
   */
  static String of(String error) {
    List<String> remote =
        lines(error).stream()
            .filter(line -> line.startsWith(REMOTE))
            .map(line -> line.substring(REMOTE.length()).strip())
            .filter(line -> !line.isEmpty())
            .toList();
    List<String> said = remote.isEmpty() ? own(lines(error)) : remote;
    return Printable.of(
        (said.isEmpty() ? lines(error) : said).stream().collect(Collectors.joining("; ")));
  }

  /** Git's errors; where git only says that ssh failed, the last that ssh said goes before them. */
  private static List<String> own(List<String> lines) {
    int failed = lines.indexOf(NO_CONNECTION);
    List<String> said = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean ofSsh = i < failed && i >= failed - WORDS_OF_SSH && !lines.get(i).startsWith("@");
      if (ofSsh || lines.get(i).startsWith("fatal:") || lines.get(i).startsWith("error:")) {
        said.add(lines.get(i));
      }
    }
    return said;
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
