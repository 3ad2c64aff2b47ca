package dev.qudag.merge.git.files;

import dev.qudag.merge.git.process.GitProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;

/**
 * The files that a repository's objects lie in. Each bundle that is taken in leaves a pack, each
 * merge some loose objects, and git looks through all of them for one that it does not find: so
 * they are gathered when they are many. No object is ever dropped.
 */
public final class ObjectFiles {
  /** From so many packs on they are gathered, as git-gc(1) does by itself. */
  public static final int MANY_PACKS = 50;

  /** So many loose objects in one of 256 folders, as git-gc(1) guesses that there are 6,700. */
  static final int MANY_LOOSE = 27;

  private final Path repository;
  private final Path objects;
  private final GitProcess git;

  /**
   * @param git with the time limit of a gathering
   */
  public ObjectFiles(Path repository, GitProcess git) {
    this.repository = repository;
    this.objects = repository.resolve("objects");
    this.git = git;
  }

  public boolean areMany() {
    return count(objects.resolve("pack"), "*.pack") >= MANY_PACKS
        || count(objects.resolve("17"), "*") >= MANY_LOOSE;
  }

  /**
   * Makes few packs of many: each has at least twice the objects of the next smaller one
   * (git-repack(1), {@code --geometric}), so what is in a large pack is seldom written again.
   * Others may read and write meanwhile: a git that misses an object looks for new packs.
   *
   * <p>Ten objects are compared with one another at a time, of up to {@code core.bigFileThreshold}
   * bytes each: strangers made them, so the memory for that is bounded.
   */
  public void gather() {
    git.run("repack", "--geometric=2", "-d", "-n", "-q", "--window-memory=64m");
  }

  /**
   * Deletes what an import or a gathering left that was killed. Only while nobody else uses the
   * repository.
   */
  public void clearLeftovers() {
    try {
      deleteAll(repository, "quarantine-*");
      deleteAll(objects, "tmp_obj_*");
      deleteAll(objects.resolve("pack"), "{.tmp-,tmp_}*");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear what was left in " + repository, e);
    }
  }

  private static void deleteAll(Path folder, String glob) throws IOException {
    if (Files.exists(folder)) {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, glob)) {
        for (Path each : left) {
          deleteTree(each);
        }
      }
    }
  }

  private static int count(Path folder, String glob) {
    var count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      for (var unused : files) {
        count++;
      }
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
    return count;
  }

  /** A folder with all that is in it. */
  public static void deleteTree(Path root) throws IOException {
    var all = new ArrayList<Path>();
    try (var paths = Files.walk(root)) {
      paths.sorted(Comparator.reverseOrder()).forEach(all::add);
    }
    for (var path : all) {
      Files.deleteIfExists(path);
    }
  }
}
