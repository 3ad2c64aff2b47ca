package dev.qudag.merge.git.structure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which mergiraf is run, and what it may cost.
 *
 * @param program an absolute path; empty: nothing is merged by its structure
 * @param limit of all runs of one merge together at the hub, after which it is killed; validators
 *     have {@link #PATIENCE} times as much
 * @param memoryBytes that one run may write to
 * @param maxInputBytes of one version of a file
 * @param maxOutputBytes of a result
 */
public record MergirafSettings(
    Optional<Path> program,
    Duration limit,
    long memoryBytes,
    int maxInputBytes,
    int maxOutputBytes) {
  /** What the hub's machine finishes in its time, that of a validator shall finish too. */
  public static final int PATIENCE = 4;

  private static final Path IN_IMAGE = Path.of("/opt/qudag/bin/mergiraf");

  /** The image's own, else that of {@code QUDAG_MERGIRAF}; none where prlimit(1) is not there. */
  public static final MergirafSettings DEFAULT = of(found());

  public static MergirafSettings of(Optional<Path> program) {
    return new MergirafSettings(program, Duration.ofSeconds(5), 192L << 20, 64 * 1024, 256 * 1024);
  }

  public MergirafSettings withLimit(Duration limit) {
    return new MergirafSettings(program, limit, memoryBytes, maxInputBytes, maxOutputBytes);
  }

  private static Optional<Path> found() {
    if (!Files.isExecutable(Mergiraf.PRLIMIT)) {
      return Optional.empty();
    }
    if (Files.isExecutable(IN_IMAGE)) {
      return Optional.of(IN_IMAGE);
    }
    return Optional.ofNullable(System.getenv("QUDAG_MERGIRAF"))
        .filter(named -> !named.isEmpty())
        .map(named -> Path.of(named).toAbsolutePath())
        .filter(Files::isExecutable);
  }
}
