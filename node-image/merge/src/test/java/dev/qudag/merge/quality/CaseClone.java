package dev.qudag.merge.quality;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody's repository, with or without a work tree; only its objects are read.
 *
 * @param folder what {@code git -C} takes
 */
record CaseClone(Path folder) {

  /** The files below a folder of its newest commit. */
  List<String> list(String under) {
    var listed = ask("ls-tree", "-r", "-z", "--name-only", "HEAD", "--", under).orElseThrow();
    return List.of(new String(listed, UTF_8).split("\0"));
  }

  /** A file of its newest commit. */
  byte[] file(String path) {
    return ask("cat-file", "blob", "HEAD:" + path).orElseThrow();
  }

  /** A blob by its id, short or long; empty when this clone has none. */
  Optional<byte[]> blob(String id) {
    return ask("cat-file", "blob", id);
  }

  String commit() {
    return new String(ask("rev-parse", "HEAD").orElseThrow(), UTF_8).strip();
  }

  private Optional<byte[]> ask(String... arguments) {
    var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    try {
      var git = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      var output = git.getInputStream().readAllBytes();
      return git.waitFor() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while git was asked", e);
    }
  }
}
