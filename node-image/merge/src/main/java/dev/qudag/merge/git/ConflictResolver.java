package dev.qudag.merge.git;

import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.conflict.ConflictedFile;
import dev.qudag.merge.conflict.PatternResolver;
import dev.qudag.merge.conflict.Resolved;
import dev.qudag.merge.git.MergeTrees.Merged;
import dev.qudag.merge.git.MergeTrees.Message;
import dev.qudag.merge.git.MergeTrees.Stage;
import dev.qudag.merge.tree.TreeEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the versions of what git left in conflict, has each file resolved by rules, or else by its
 * structure, and writes the tree in which all of them are.
 */
final class ConflictResolver {
  /** Files that are looked at: of more in conflict, none. */
  private static final int MOST_FILES = 20;

  /** What git says of a merge in which nothing but lines is in conflict. */
  private static final Set<String> OF_LINES = Set.of("Auto-merging", "CONFLICT (contents)");

  /** Of a file that its bytes show to be none of lines. */
  private static final String BINARY = "CONFLICT (binary)";

  private static final Set<String> REGULAR = Set.of(TreeEntry.FILE, TreeEntry.EXECUTABLE);
  private static final List<Integer> THREE_VERSIONS = List.of(1, 2, 3);

  private final GitRepository repository;
  private final int patience;

  /**
   * @param patience how many times the time of a structured merge it takes
   */
  ConflictResolver(GitRepository repository, int patience) {
    this.repository = repository;
    this.patience = patience;
  }

  /** What became of a merge with conflicts. */
  sealed interface Outcome {
    /**
     * Every file is resolved.
     *
     * @param id of the merged tree without conflicts; in the repository
     * @param files every path that was in conflict, sorted
     */
    record Tree(ObjectId id, List<FileReport> files) implements Outcome {}

    /**
     * At least one file is left to people.
     *
     * @param files every path in conflict, sorted
     */
    record Left(List<FileReport> files) implements Outcome {}
  }

  Outcome resolve(ObjectReader objects, Merged merged) {
    var paths = merged.conflicts();
    if (paths.size() > MOST_FILES) {
      return new Outcome.Left(
          paths.stream().map(path -> FileReport.of(path, FileOutcome.NotTried)).toList());
    }
    var tree = new TreeEdit(repository, objects);
    var reports = new ArrayList<FileReport>();
    var resolved = new TreeMap<String, byte[]>();
    boolean ofLines = merged.messages().stream().map(Message::type).allMatch(OF_LINES::contains);
    var byRules = paths.stream().map(path -> resolve(objects, tree, merged, path)).toList();
    for (var file : ofLines ? byStructure(byRules) : byRules) {
      switch (file) {
        case Resolved.ByRules(var report, var bytes) -> {
          reports.add(report);
          resolved.put(report.path(), bytes);
        }
        case Resolved.InPart(var report, _, _, _) -> reports.add(report);
        case Resolved.Not(var report) -> reports.add(report);
      }
    }
    if (!ofLines || resolved.isEmpty() || resolved.size() < paths.size()) {
      return new Outcome.Left(reports);
    }
    var blobs = new TreeMap<String, ObjectId>();
    resolved.forEach((path, bytes) -> blobs.put(path, repository.writeBlob(bytes)));
    return new Outcome.Tree(tree.replace(merged.tree(), blobs), reports);
  }

  /**
   * Only where it can lead to a tree: no file is left to people, neither by the rules nor by the
   * structure of those before.
   */
  private List<Resolved> byStructure(List<Resolved> byRules) {
    long end = System.nanoTime() + repository.structure().limit().toNanos() * patience;
    boolean wanted = byRules.stream().noneMatch(Resolved.Not.class::isInstance);
    var files = new ArrayList<Resolved>();
    for (var file : byRules) {
      if (wanted && file instanceof Resolved.InPart part) {
        var left = Duration.ofNanos(end - System.nanoTime());
        var resolved = repository.structure().resolve(part, left);
        wanted = resolved instanceof Resolved.ByRules;
        files.add(resolved);
      } else {
        files.add(file);
      }
    }
    return files;
  }

  private static Resolved resolve(ObjectReader objects, TreeEdit tree, Merged merged, String path) {
    var versions = merged.stages().stream().filter(stage -> stage.path().equals(path)).toList();
    if (!isOneFile(versions)) {
      return left(path, FileOutcome.NotOneFile);
    }
    var marked =
        tree.find(merged.tree(), path).filter(m -> m.mode().equals(versions.getFirst().mode()));
    if (marked.isEmpty() || hasOtherConflict(merged, path)) {
      return left(path, FileOutcome.OtherConflict);
    }
    var ids = new ArrayList<>(versions.stream().map(Stage::id).toList());
    ids.add(marked.get().id());
    if (ids.stream().anyMatch(id -> isTooLarge(objects, id))) {
      return left(path, FileOutcome.TooLarge);
    }
    return PatternResolver.resolve(
        new ConflictedFile(
            path,
            objects.content(ids.get(0)),
            objects.content(ids.get(1)),
            objects.content(ids.get(2)),
            objects.content(ids.get(3))));
  }

  private static boolean isOneFile(List<Stage> versions) {
    return versions.stream().map(Stage::number).toList().equals(THREE_VERSIONS)
        && REGULAR.contains(versions.getFirst().mode())
        && versions.stream().map(Stage::mode).distinct().count() == 1;
  }

  private static boolean hasOtherConflict(Merged merged, String path) {
    return merged.messages().stream()
        .filter(message -> message.paths().contains(path))
        .map(Message::type)
        .anyMatch(type -> !OF_LINES.contains(type) && !type.equals(BINARY));
  }

  private static boolean isTooLarge(ObjectReader objects, ObjectId id) {
    return objects.info(id).orElseThrow().size() > PatternResolver.MOST_BYTES;
  }

  private static Resolved left(String path, FileOutcome why) {
    return new Resolved.Not(FileReport.of(path, why));
  }
}
