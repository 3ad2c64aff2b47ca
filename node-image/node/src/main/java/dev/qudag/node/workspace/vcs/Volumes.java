package dev.qudag.node.workspace.vcs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whole file systems, of which Java can sync a file at a time only. */
public final class Volumes {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Volumes() {}

  /**
   * Returns when all that was written on the volumes of these folders is on the disk: syncfs(2),
   * once for each folder.
   *
   * @throws CommandException when the disk fails, or takes longer than five minutes
   */
  public static void sync(List<Path> folders) {
    List<String> words =
        Stream.concat(Stream.of("sync", "--file-system"), folders.stream().map(Path::toString))
            .toList();
    var ignored = new Command(words, Path.of("/"), Map.of(), LIMIT).run().orThrow();
  }
}
