package dev.qudag.node.hub.upstream;

import dev.qudag.merge.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** What git and the server said, for people: one printable line, of a few hundred characters. */
final class ServerWords {
  private static final String REMOTE = "remote:";

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
    List<String> own =
        lines(error).stream()
            .filter(line -> line.startsWith("fatal:") || line.startsWith("error:"))
            .toList();
    List<String> said = remote.isEmpty() ? own : remote;
    return Printable.of(
        (said.isEmpty() ? lines(error) : said).stream().collect(Collectors.joining("; ")));
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
