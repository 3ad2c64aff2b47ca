package dev.qudag.merge.git;

import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitHeader;
import dev.qudag.merge.EngineDigest;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.files.ObjectFiles;
import dev.qudag.merge.git.process.Dialogues;
import dev.qudag.merge.git.process.GitProcess;
import dev.qudag.merge.git.process.GitSettings;
import dev.qudag.merge.git.process.ProcessBounds;
import dev.qudag.merge.git.structure.MergirafSettings;
import dev.qudag.merge.git.structure.StructuredMerge;
import dev.qudag.merge.parser.SymbolProgram;
import dev.qudag.merge.tree.TreeEntry;
import dev.qudag.merge.tree.TreeLimits;
import dev.qudag.merge.tree.TreeObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bare repository on this node's volume. Safe for many readers; what writes refs has one caller
 * (the hub's lock).
 *
 * <p>Objects are named by {@link ObjectId} only, so nothing a stranger wrote becomes an option or a
 * revision expression.
 */
public final class GitRepository {
  private static final Duration GATHERING = Duration.ofMinutes(30);

  /** Room for a large file, what it is built from, what changed, and git's cache of such. */
  private static final long MEMORY_BYTES = 384L << 20;

  private final Path directory;
  private final GitSettings settings;
  private final TreeLimits limits;
  private final SymbolProgram parser;
  private final StructuredMerge structure;
  private final Dialogues readers;
  private final Dialogues diffs;
  private final MergeTrees merges;
  private final LooseObjects loose;
  private final History history;
  private final Refs refs;
  private @Nullable EngineDigest engine;

  private GitRepository(
      Path directory,
      GitSettings settings,
      TreeLimits limits,
      SymbolProgram parser,
      MergirafSettings mergiraf) {
    this.directory = directory;
    this.settings = settings;
    this.limits = limits;
    this.parser = parser;
    this.structure = new StructuredMerge(mergiraf, parser);
    this.loose = new LooseObjects(directory);
    this.readers = asked(ObjectReader.COMMAND);
    this.diffs = asked(TreeDiffs.COMMAND);
    this.merges = new MergeTrees(asked(MergeTrees.COMMAND), loose);
    this.history = new History(this::objects, this::git);
    this.refs = new Refs(directory, asked(Refs.COMMAND), this::git);
  }

  private Dialogues asked(String... command) {
    return new Dialogues(() -> git().within(bounds()), settings.limit(), command);
  }

  /** Makes the repository, or opens the one that is there. */
  public static GitRepository openOrInit(Path directory, RefName branch) {
    return openOrInit(directory, branch, GitSettings.DEFAULT, TreeLimits.DEFAULT);
  }

  public static GitRepository openOrInit(
      Path directory, RefName branch, GitSettings settings, TreeLimits limits) {
    return openOrInit(directory, branch, settings, limits, SymbolProgram.onPath());
  }

  /**
   * @param parser of the source files of merges
   */
  public static GitRepository openOrInit(
      Path directory,
      RefName branch,
      GitSettings settings,
      TreeLimits limits,
      SymbolProgram parser) {
    return openOrInit(directory, branch, settings, limits, parser, MergirafSettings.DEFAULT);
  }

  /**
   * @param mergiraf merges source files by their structure
   */
  public static GitRepository openOrInit(
      Path directory,
      RefName branch,
      GitSettings settings,
      TreeLimits limits,
      SymbolProgram parser,
      MergirafSettings mergiraf) {
    var absolute = directory.toAbsolutePath().normalize();
    if (!branch.full().startsWith("refs/heads/")) {
      throw new IllegalArgumentException("a branch is below refs/heads/, not " + branch);
    }
    if (!Files.exists(absolute.resolve("HEAD"))) {
      init(absolute, branch, settings, limits, parser, mergiraf);
    }
    return new GitRepository(absolute, settings, limits, parser, mergiraf);
  }

  /** Makes it beside its place and moves it there whole: a process that dies half-way left none. */
  private static void init(
      Path directory,
      RefName branch,
      GitSettings settings,
      TreeLimits limits,
      SymbolProgram parser,
      MergirafSettings mergiraf) {
    Path unfinished = directory.resolveSibling(directory.getFileName() + ".new");
    var name = branch.full().substring("refs/heads/".length());
    try {
      if (Files.exists(unfinished)) {
        ObjectFiles.deleteTree(unfinished);
      }
      Files.createDirectories(unfinished);
      new GitRepository(unfinished, settings, limits, parser, mergiraf)
          .git()
          .run("init", "--quiet", "--bare", "--template=", "--initial-branch=" + name);
      Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the repository " + directory, e);
    }
  }

  public Path directory() {
    return directory;
  }

  public TreeLimits limits() {
    return limits;
  }

  /** Of the source files of merges. */
  public SymbolProgram parser() {
    return parser;
  }

  /** Of the programs in use, git's pinned configuration and the limits. */
  public synchronized EngineDigest engine() {
    if (engine == null) {
      engine =
          EngineDigest.of(
              git().text("version"),
              GitSettings.ENGINE,
              limits,
              parser.identity(),
              structure.identity());
    }
    return engine;
  }

  // -- refs

  public Optional<ObjectId> ref(RefName name) {
    return refs.read(name);
  }

  /** The ref of that name and all below it. */
  public Map<RefName, ObjectId> refs(RefName prefix) {
    return refs.below(prefix);
  }

  /**
   * Compare-and-swap.
   *
   * @param expected what the ref must hold now; {@link ObjectId#ZERO}: it must not exist
   * @return false when it holds something else; nothing has changed then, and a repeated update
   *     counts as done
   */
  public boolean update(RefName name, ObjectId next, ObjectId expected) {
    return refs.update(name, next, expected);
  }

  /** Deletes the ref if it holds that; false when it holds something else. */
  public boolean delete(RefName name, ObjectId expected) {
    return refs.delete(name, expected);
  }

  // -- objects

  public boolean hasCommit(ObjectId id) {
    try (var objects = objects()) {
      return objects.commit(id).isPresent();
    }
  }

  public Optional<ObjectId> treeOf(ObjectId commit) {
    try (var objects = objects()) {
      return objects.treeOf(commit);
    }
  }

  /** The commit that it was made on; empty for a first commit, and for one that is not here. */
  public Optional<ObjectId> firstParent(ObjectId commit) {
    try (var objects = objects()) {
      return objects.firstParent(commit);
    }
  }

  /** What a commit builds on; empty when it is not here, or its parents take more than 64 KiB. */
  public Optional<CommitHeader> header(ObjectId commit) {
    return history.header(commit);
  }

  /** The first 64 KiB of a commit's bytes at most; empty when it is not here. */
  public Optional<byte[]> startOf(ObjectId commit) {
    try (var objects = objects()) {
      return objects.start(commit);
    }
  }

  /** A commit's, tree's or blob's bytes. */
  public byte[] content(ObjectId id) {
    try (var objects = objects()) {
      return objects.content(id);
    }
  }

  /** Every leaf of the tree (of a commit or tree), in Git's order, with sizes. */
  public List<TreeEntry> entries(ObjectId treeish) {
    var args = new String[] {"ls-tree", "-r", "-l", "-z", "--full-tree", treeish.hex()};
    return git().stream(
            GitProcess.Input.NONE,
            in -> TreeListing.read(in, limits),
            List.of(0, ProcessBounds.OUTPUT_CLOSED),
            args)
        .output();
  }

  public ObjectId writeBlob(byte[] content) {
    return loose.write("blob", content);
  }

  /** Writes the bytes of {@link CommitBuilder}. */
  public ObjectId writeCommit(byte[] commit) {
    return loose.write("commit", commit);
  }

  /** Writes a tree of files: path to content; a file that starts with {@code #!} is executable. */
  public ObjectId writeTree(Map<String, byte[]> files) {
    return new TreeWriter(loose).write(files);
  }

  /** Whether the descendant builds on the ancestor, or is it. */
  public boolean isAncestor(ObjectId ancestor, ObjectId descendant) {
    return history.isAncestor(ancestor, descendant);
  }

  /** The best common ancestors, smallest id first; empty for unrelated histories. */
  public List<ObjectId> mergeBases(ObjectId one, ObjectId other) {
    return history.mergeBases(one, other);
  }

  /** Commits that {@code to} has and {@code from} has not. */
  public int countBetween(ObjectId from, ObjectId to) {
    return Integer.parseInt(git().text("rev-list", "--count", from + ".." + to));
  }

  public ObjectFiles files() {
    var patient = new GitSettings(settings.program(), GATHERING, settings.maxOutputBytes());
    return new ObjectFiles(directory, new GitProcess(patient, directory, Map.of()));
  }

  // -- inside the package

  /**
   * Of a git that reads what strangers wrote. A thin pack is kept with all objects that it builds
   * on, which may be all that the repository holds: of these it may bring in as much as its own
   * limit.
   */
  ProcessBounds bounds() {
    return new ProcessBounds(MEMORY_BYTES, 2 * limits.packBytes());
  }

  ObjectId writeTree(TreeObject tree) {
    return loose.write("tree", tree.bytes());
  }

  GitProcess git() {
    return git(Map.of());
  }

  GitProcess git(Map<String, String> environment) {
    return new GitProcess(settings, directory, environment);
  }

  ObjectReader objects() {
    return new ObjectReader(readers.lend());
  }

  /** Gits that run {@link TreeDiffs#COMMAND}. */
  Dialogues diffs() {
    return diffs;
  }

  MergeTrees merges() {
    return merges;
  }

  StructuredMerge structure() {
    return structure;
  }
}
