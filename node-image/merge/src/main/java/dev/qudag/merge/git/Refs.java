package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Printable;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.process.Dialogues;
import dev.qudag.merge.git.process.GitException;
import dev.qudag.merge.git.process.GitProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The refs of a repository: read from git's own files (gitrepository-layout(5)), written by a git
 * that takes one transaction after the other.
 */
final class Refs {
  static final String[] COMMAND = {"update-ref", "--stdin"};

  private final Path directory;
  private final Dialogues gits;
  private final Supplier<GitProcess> git;

  /**
   * @param gits that run {@link #COMMAND}
   */
  Refs(Path directory, Dialogues gits, Supplier<GitProcess> git) {
    this.directory = directory;
    this.gits = gits;
    this.git = git;
  }

  /**
   * A ref's own file counts before the list of packed ones, which git writes first. Of a file that
   * says something else than an id, git knows what it means.
   */
  Optional<ObjectId> read(RefName name) {
    try {
      var own = own(name);
      if (own.isEmpty()) {
        return packed(name);
      }
      var id = ObjectId.parse(own.get());
      return id.isPresent() ? id : Optional.ofNullable(below(name).get(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " in " + directory, e);
    }
  }

  /** What the ref's file says, which git replaces whole. */
  private Optional<String> own(RefName name) throws IOException {
    var file = directory.resolve(name.full());
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty(); // it has just been deleted, or packed
    }
  }

  /** Lines "id name" among others. */
  private Optional<ObjectId> packed(RefName name) throws IOException {
    var file = directory.resolve("packed-refs");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.endsWith(" " + name))
          .flatMap(line -> ObjectId.parse(line.split(" ", 2)[0]).stream())
          .findFirst();
    }
  }

  /** The ref of that name and all below it. */
  Map<RefName, ObjectId> below(RefName prefix) {
    var found = new TreeMap<RefName, ObjectId>();
    git.get()
        .text("for-each-ref", "--format=%(objectname) %(refname)", prefix.full())
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(parts -> found.put(RefName.of(parts[1]), ObjectId.of(parts[0])));
    return found;
  }

  /** See {@link GitRepository#update}. */
  boolean update(RefName name, ObjectId next, ObjectId expected) {
    try {
      transact("update %s %s %s".formatted(name, next, expected));
      return true;
    } catch (GitException e) {
      var now = read(name).orElse(ObjectId.ZERO);
      if (now.equals(expected)) {
        throw e;
      }
      return now.equals(next);
    }
  }

  /** See {@link GitRepository#delete}. */
  boolean delete(RefName name, ObjectId expected) {
    try {
      transact("delete %s %s".formatted(name, expected));
      return true;
    } catch (GitException e) {
      return read(name).isEmpty();
    }
  }

  /** Git says of each step that it is done, and ends at one that it cannot do. */
  private void transact(String command) {
    try (var writer = gits.lend()) {
      var unused =
          writer.ask(
              "start\n" + command + "\ncommit\n",
              answer -> {
                for (var step : List.of("start: ok", "commit: ok")) {
                  var said = answer.text('\n');
                  if (!said.equals(step)) {
                    throw new IOException(
                        "git update-ref says '" + Printable.of(said) + "', not " + step);
                  }
                }
                return command;
              });
    }
  }
}
