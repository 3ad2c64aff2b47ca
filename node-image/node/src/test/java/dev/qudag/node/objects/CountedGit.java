package dev.qudag.node.objects;

import static java.util.function.Predicate.not;

import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.process.GitSettings;
import dev.qudag.merge.tree.TreeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * A repository whose questions to git are written down: each is a process, while somebody waits.
 */
public final class CountedGit {
  public static final RefName MAIN = RefName.branch("main");

  private static final Set<String> SHARED =
      Set.of("cat-file", "merge-tree", "diff-tree", "update-ref");

  private final GitRepository repository;
  private final Path asked;

  private CountedGit(GitRepository repository, Path asked) {
    this.repository = repository;
    this.asked = asked;
  }

  /** Makes the repository of that name in the folder. */
  public static CountedGit in(Path folder, String name) throws IOException {
    Path asked = folder.resolve("asked");
    Path git =
        Files.createFile(
            folder.resolve("git"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(git, "#!/bin/sh\necho \"$1\" >> '%s'\nexec git \"$@\"\n".formatted(asked));
    var settings =
        new GitSettings(
            git.toString(), GitSettings.DEFAULT.limit(), GitSettings.DEFAULT.maxOutputBytes());
    return new CountedGit(
        GitRepository.openOrInit(folder.resolve(name), MAIN, settings, TreeLimits.DEFAULT), asked);
  }

  public GitRepository repository() {
    return repository;
  }

  /** Forgets what was asked so far. */
  public void forget() throws IOException {
    Files.writeString(asked, "");
  }

  /** The commands of git that were run, in their order, but for those that many callers share. */
  public List<String> asked() throws IOException {
    return Files.readAllLines(asked).stream().filter(not(SHARED::contains)).toList();
  }
}
