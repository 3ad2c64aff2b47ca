package dev.qudag.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page of {@code docs/how-to}: a test runs its commands as they stand there, so that the page
 * cannot say something else than what works.
 *
 * <p>Commands are the blocks of kind {@code sh}, whole, and the lines of blocks of kind {@code
 * console} that begin with a prompt.
 */
record HowTo(String page) {
  private static final String FENCE = "```";
  private static final String PROMPT = "$ ";

  /**
   * The commands of one block.
   *
   * @param heading text of the heading that the block stands under
   * @param block number of the block below that heading, from 0
   */
  String commands(String heading, int block) {
    List<String> blocks = blocks(heading);
    if (block >= blocks.size()) {
      throw new AssertionError(
          "%s has %d blocks of commands under \"%s\", not %d"
              .formatted(page, blocks.size(), heading, block + 1));
    }
    return blocks.get(block);
  }

  private List<String> blocks(String heading) {
    List<String> found = new ArrayList<>();
    Optional<String> kind = Optional.empty();
    boolean isUnderHeading = false;
    var commands = new StringBuilder();
    for (String line : lines()) {
      if (line.startsWith(FENCE)) {
        if (kind.isEmpty()) {
          kind = Optional.of(line.substring(FENCE.length()));
        } else {
          if (isUnderHeading && !commands.isEmpty()) {
            found.add(commands.toString());
          }
          commands.setLength(0);
          kind = Optional.empty();
        }
      } else if (kind.isPresent()) {
        command(kind.get(), line).ifPresent(text -> commands.append(text).append('\n'));
      } else if (line.startsWith("#")) {
        isUnderHeading = line.replaceFirst("^#+ ", "").equals(heading);
      }
    }
    return found;
  }

  private static Optional<String> command(String kind, String line) {
    return switch (kind) {
      case "sh" -> Optional.of(line);
      case "console" ->
          line.startsWith(PROMPT) ? Optional.of(line.substring(PROMPT.length())) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(Shell.ROOT.resolve("docs/how-to").resolve(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
