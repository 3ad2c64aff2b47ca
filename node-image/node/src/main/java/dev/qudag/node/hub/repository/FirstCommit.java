package dev.qudag.node.hub.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Waits until the protected branch has its first commit, and says why it has none yet. */
public final class FirstCommit {
  private static final System.Logger LOG = System.getLogger(FirstCommit.class.getName());

  private final Source source;
  private volatile String lacking = "nobody has tried to make the first commit yet";

  public FirstCommit(Source source) {
    this.source = source;
  }

  /** Where the first commit comes from. */
  public interface Source {
    /** Makes the branch unless it is there; why it does not, where it does not. */
    Optional<String> plant() throws IOException;
  }

  /** The files of a folder. */
  public static Source seed(HubRepository repository, Path folder, String swarm) {
    return () -> {
      try {
        Seed.plant(repository, folder, swarm);
        return Optional.empty();
      } catch (Seed.UnfitException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    };
  }

  /** Makes the branch if it can be made now. */
  public void attempt() throws IOException {
    Optional<String> why = source.plant();
    if (why.isPresent() && !why.get().equals(lacking)) {
      LOG.log(System.Logger.Level.WARNING, "no first commit: {0}", why.get());
    }
    lacking = why.orElse("");
  }

  /**
   * Returns when the branch is there.
   *
   * @param pause between two tries
   */
  public void await(Duration pause) throws IOException, InterruptedException {
    for (attempt(); !lacking.isEmpty(); attempt()) {
      Thread.sleep(pause);
    }
  }

  /** Why the branch is not there yet; empty text when it is. */
  public String lacking() {
    return lacking;
  }
}
