package dev.qudag.node.hub.upstream;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.BundleImporter;
import dev.qudag.merge.git.BundleWriter;
import dev.qudag.merge.git.GitRepository;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes upstream's branch into the hub's repository: by way of a repository of its own, which is
 * gone afterwards, and a bundle, which is taken in as strictly as one of an agent. What passes here
 * the validators take in as well.
 */
final class Intake {
  private static final String PREFIX = "upstream-";
  private static final RefName THERE = RefName.of("refs/heads/there");
  private static final RefName HERE = RefName.of("refs/heads/here");

  private final RemoteGit remote;
  private final GitRepository repository;
  private final BundleImporter importer;

  Intake(RemoteGit remote, GitRepository repository) {
    this.remote = remote;
    this.repository = repository;
    this.importer = BundleImporter.refusingLfs(repository);
  }

  /** What came of it. */
  sealed interface Result {
    /** All objects of the commit are in the repository. */
    record Taken(ObjectId commit) implements Result {}

    /** The server did not give it. */
    record NotBrought(String why) implements Result {}

    /** It is there, and no node takes it in. */
    record Refused(String why) implements Result {}
  }

  /**
   * @param have a commit of the repository that need not come again
   */
  Result take(Optional<ObjectId> have) throws IOException {
    Path folder = Files.createTempDirectory(repository.directory(), PREFIX);
    try {
      GitRepository staging = GitRepository.openOrInit(folder.resolve("git"), THERE);
      Path info = Files.createDirectories(staging.directory().resolve("objects").resolve("info"));
      Files.writeString(
          info.resolve("alternates"), repository.directory().resolve("objects") + "\n");
      have.ifPresent(commit -> staging.update(HERE, commit, ObjectId.ZERO));
      Optional<String> obstacle = remote.fetch(staging.directory(), THERE);
      if (obstacle.isPresent()) {
        return new Result.NotBrought(obstacle.get());
      }
      return takeIn(staging, staging.ref(THERE).orElseThrow(), have);
    } finally {
      deleteTree(folder);
    }
  }

  private Result takeIn(GitRepository staging, ObjectId commit, Optional<ObjectId> have)
      throws IOException {
    Path bundle = Files.createTempFile(repository.directory(), PREFIX, ".bundle");
    try {
      try (OutputStream out = Files.newOutputStream(bundle)) {
        new BundleWriter(staging).write(Map.of(THERE, commit), have.stream().toList(), out);
      }
      return switch (importer.importBundle(bundle, commit)) {
        case BundleImporter.Result.Imported imported -> new Result.Taken(imported.commit());
        case BundleImporter.Result.Refused refused ->
            new Result.Refused(
                refused.refusal().reason().name() + ": " + refused.refusal().message());
      };
    } finally {
      Files.delete(bundle);
    }
  }

  /** Deletes what was on its way when an earlier process ended. */
  static void clear(GitRepository repository) throws IOException {
    List<Path> left;
    try (var entries = Files.list(repository.directory())) {
      left = entries.filter(entry -> entry.getFileName().toString().startsWith(PREFIX)).toList();
    }
    for (Path entry : left) {
      deleteTree(entry);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    List<Path> all;
    try (var paths = Files.walk(root)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
