package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Printable;
import dev.qudag.merge.Refusal;
import dev.qudag.merge.Refusal.Reason;
import dev.qudag.merge.git.files.ObjectFiles;
import dev.qudag.merge.git.process.Dialogue;
import dev.qudag.merge.git.process.GitProcess;
import dev.qudag.merge.git.process.ProcessBounds;
import dev.qudag.merge.tree.LfsAttributes;
import dev.qudag.merge.tree.TreeInspector;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes a stranger's bundle: limits first, then {@code git index-pack --strict} into a quarantine
 * whose objects the repository does not see, then the tip's tree, and only then the objects move
 * in. Refs never move. Idempotent. The gits that read it are held to {@link ProcessBounds}.
 */
public final class BundleImporter {
  private static final Pattern FSCK = Pattern.compile("error: object ([0-9a-f]{40}): \\w+: (.*)");

  private static final long SMALL_BUNDLE_BYTES = 1 << 20;

  /** A tree within a tree takes some 40 bytes: so few of them nest no deeper than git walks. */
  private static final long FLAT_BUNDLE_BYTES = 4096;

  private static final String NO_ROOM = "No space left on device";

  private final GitRepository repository;
  private final TreeInspector inspector;
  private final ProcessBounds bounds;

  private final boolean refusesLfs;

  public BundleImporter(GitRepository repository) {
    this(repository, false);
  }

  private BundleImporter(GitRepository repository, boolean refusesLfs) {
    this.repository = repository;
    this.inspector = new TreeInspector(repository.limits());
    this.bounds = repository.bounds();
    this.refusesLfs = refusesLfs;
  }

  /**
   * For who takes in what is new to the swarm. Validators take what the others have taken: with
   * them it would be a rule of the engine.
   */
  public static BundleImporter refusingLfs(GitRepository repository) {
    return new BundleImporter(repository, true);
  }

  /** What became of it. */
  public sealed interface Result {
    /** All objects of the commit are in the repository. */
    record Imported(ObjectId commit) implements Result {}

    record Refused(Refusal refusal) implements Result {}
  }

  /**
   * @param bundle a file on the repository's volume; left where it is
   * @param commit what the sender says the bundle is for
   * @throws UncheckedIOException when there is no room for it; nothing of it is left then
   * @throws dev.qudag.merge.git.process.GitException when git does not end in its time
   */
  public Result importBundle(Path bundle, ObjectId commit) {
    try {
      var refusal = checkLimits(bundle, commit);
      return refusal.isPresent() ? refused(refusal.get()) : quarantine(bundle, commit);
    } catch (BadBundleException e) {
      return refused(
          new Refusal(
              Reason.BadBundle,
              "no usable bundle: " + Printable.of(String.valueOf(e.getMessage()))));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot import the bundle " + bundle, e);
    }
  }

  private Optional<Refusal> checkLimits(Path bundle, ObjectId commit) throws IOException {
    var limits = repository.limits();
    if (Files.size(bundle) > limits.packBytes()) {
      return refuse(
          Reason.TooLarge,
          "the bundle has %d bytes, at most %d are allowed"
              .formatted(Files.size(bundle), limits.packBytes()));
    }
    try (var in = open(bundle);
        var objects = repository.objects()) {
      var header = header(in);
      if (!header.tips().containsValue(commit) && objects.commit(commit).isEmpty()) {
        return refuse(Reason.UnknownRevision, "the bundle does not bring the commit " + commit);
      }
      for (var needed : header.prerequisites()) {
        if (objects.commit(needed).isEmpty()) {
          return refuse(Reason.UnknownBase, "the bundle builds on the unknown commit " + needed);
        }
      }
      try {
        return PackScanner.scan(in, limits);
      } catch (IOException e) {
        throw new BadBundleException(e);
      }
    }
  }

  private Result quarantine(Path bundle, ObjectId commit) throws IOException {
    var quarantine = Files.createTempDirectory(repository.directory(), "quarantine-");
    try {
      var objects = Files.createDirectories(quarantine.resolve("objects"));
      Files.createDirectories(objects.resolve("pack"));
      var git =
          repository
              .git(
                  Map.of(
                      "GIT_OBJECT_DIRECTORY", objects.toString(),
                      "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                          repository.directory().resolve("objects").toString(),
                      "GIT_QUARANTINE_PATH", objects.toString()))
              .within(bounds);
      var refusal = index(git, bundle, commit).or(() -> inspect(git, commit));
      if (refusal.isEmpty() && Files.size(bundle) > FLAT_BUNDLE_BYTES) {
        refusal = walk(git, bundle, commit);
      }
      if (refusal.isPresent()) {
        return refused(refusal.get());
      }
      moveIn(objects.resolve("pack"));
      return repository.hasCommit(commit)
          ? new Result.Imported(commit)
          : refused(new Refusal(Reason.UnknownRevision, commit + " is no commit"));
    } finally {
      ObjectFiles.deleteTree(quarantine);
    }
  }

  private Optional<Refusal> index(GitProcess git, Path bundle, ObjectId commit) throws IOException {
    var strict = indexPack(git, bundle, "--strict");
    if (strict.exit() == 0) {
      return Optional.empty();
    }
    if (strict.error().contains(NO_ROOM)) {
      throw new IOException(Printable.of(strict.error().strip()));
    }
    if (ProcessBounds.ended(strict)) {
      return refuse(
          Reason.TooLarge,
          "the bundle takes more than %d bytes of memory, or %d on the disk, to unpack"
              .formatted(bounds.memoryBytes(), bounds.fileBytes()));
    }
    var finding = FSCK.matcher(strict.error());
    if (!finding.find()) {
      var message = "git refuses its pack: " + Printable.of(strict.error().strip());
      return refuse(Reason.BadBundle, message);
    }
    // git names only the object; the tree's own inspection, where it gets that far, names the path
    var named =
        indexPack(git, bundle).exit() == 0 ? inspect(git, commit) : Optional.<Refusal>empty();
    var message = "git object %s: %s".formatted(finding.group(1), Printable.of(finding.group(2)));
    return named.or(() -> refuse(Reason.HostileTree, message));
  }

  private GitProcess.Result<byte[]> indexPack(GitProcess git, Path bundle, String... strict)
      throws IOException {
    GitProcess.Input pack =
        out -> {
          try (var in = open(bundle)) {
            BundleHeader.read(in);
            in.transferTo(out);
          }
        };
    var args = new ArrayList<>(List.of("index-pack", "--stdin", "--fix-thin", "--threads=1"));
    args.add("--max-input-size=" + repository.limits().packBytes());
    if (Files.size(bundle) <= SMALL_BUNDLE_BYTES) {
      args.add("--no-rev-index"); // a file to write and sync that takes git no time to do without
    }
    args.addAll(List.of(strict));
    return git.run(pack, ProcessBounds.ENDINGS, args.toArray(String[]::new));
  }

  /**
   * Goes through all that the bundle brings, as git will whenever it hands the commit on: what it
   * cannot walk, nobody could fetch from here.
   */
  private Optional<Refusal> walk(GitProcess git, Path bundle, ObjectId commit) throws IOException {
    var revisions = new StringBuilder(commit.hex()).append('\n');
    try (var in = open(bundle)) {
      header(in).prerequisites().forEach(id -> revisions.append('^').append(id).append('\n'));
    }
    var args = new String[] {"rev-list", "--objects", "--quiet", "--stdin"};
    var walked = git.run(GitProcess.Input.of(revisions.toString()), ProcessBounds.ENDINGS, args);
    if (walked.exit() == 0) {
      return Optional.empty();
    }
    return ProcessBounds.endedByDepth(walked)
        ? tooDeep()
        : refuse(Reason.BadBundle, "git cannot walk it: " + Printable.of(walked.error().strip()));
  }

  private static Optional<Refusal> tooDeep() {
    return refuse(Reason.HostileTree, "folders within folders, deeper than git walks");
  }

  private Optional<Refusal> inspect(GitProcess git, ObjectId commit) {
    var args = new String[] {"ls-tree", "-r", "-l", "-z", "--full-tree", commit + "^{commit}"};
    var listing =
        git.stream(
            GitProcess.Input.NONE,
            in -> TreeListing.read(in, repository.limits()),
            ProcessBounds.ENDINGS,
            args);
    var entries = listing.output();
    if (ProcessBounds.endedByDepth(listing)) {
      return tooDeep();
    }
    if (listing.exit() != 0 && listing.exit() != ProcessBounds.OUTPUT_CLOSED) {
      return refuse(Reason.UnknownRevision, "the bundle does not bring the commit " + commit);
    }
    try (var blobs = new Blobs(git)) {
      return inspector
          .inspect(entries, blobs::content)
          .or(() -> refusesLfs ? LfsAttributes.refusal(entries, blobs::content) : Optional.empty());
    }
  }

  /** Few trees have links or attributes: the git that reads them is started for the first one. */
  private static final class Blobs implements AutoCloseable {
    private final GitProcess git;
    private Optional<ObjectReader> objects = Optional.empty();

    Blobs(GitProcess git) {
      this.git = git;
    }

    byte[] content(ObjectId blob) {
      if (objects.isEmpty()) {
        objects = Optional.of(new ObjectReader(new Dialogue(git, ObjectReader.COMMAND)));
      }
      return objects.get().content(blob);
    }

    @Override
    public void close() {
      objects.ifPresent(ObjectReader::close);
    }
  }

  /**
   * The index last: git sees a pack when it finds its index. Everything is on disk before the
   * caller says so: index-pack has synced each file ({@code core.fsync=all} of {@link
   * dev.qudag.merge.git.process.GitSettings}), and here their names are.
   */
  private void moveIn(Path from) throws IOException {
    var to = Files.createDirectories(repository.directory().resolve("objects").resolve("pack"));
    for (var suffix : List.of(".pack", ".rev", ".idx")) {
      try (var files = Files.newDirectoryStream(from, "*" + suffix)) {
        for (var file : files) {
          Files.move(file, to.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    syncFolder(to);
  }

  private static void syncFolder(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static BundleHeader header(InputStream in) throws BadBundleException {
    try {
      return BundleHeader.read(in);
    } catch (IOException e) {
      throw new BadBundleException(e);
    }
  }

  private static InputStream open(Path bundle) throws IOException {
    return new BufferedInputStream(Files.newInputStream(bundle));
  }

  private static Optional<Refusal> refuse(Reason reason, String message) {
    return Optional.of(new Refusal(reason, message));
  }

  private static Result refused(Refusal refusal) {
    return new Result.Refused(refusal);
  }

  private static final class BadBundleException extends IOException {
    private static final long serialVersionUID = 1;

    BadBundleException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
