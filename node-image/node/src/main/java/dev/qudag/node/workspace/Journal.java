package dev.qudag.node.workspace;

import dev.qudag.node.disk.DurableFiles;
import dev.qudag.node.workspace.vcs.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the operation log of git or jj does not know of an operation: the commit that the files were
 * built on after it, and what it was in the agent's words. Files that go back take what they are
 * built on with them: older files on a newer commit would undo what others landed between.
 *
 * <p>A line for each note, {@code ID BASE TARGET WHAT}. The first one is of what was before all
 * notes. An operation without a note is built on what the one before is built on.
 */
final class Journal {

  private static final String NONE = "-";

  /** The oldest notes go; what they were of is then built on what the first line says. */
  private static final int MOST_LINES = 2000;

  private final Path file;

  Journal(Path file) {
    this.file = file;
  }

  /**
   * @param target the operation that an undo went back to
   */
  private record Note(String id, String base, String target, String what) {

    static Note parse(String line) {
      String[] part = line.split(" ", 4);
      return new Note(part[0], part[1], part[2], part[3]);
    }

    String line() {
      return String.join(" ", id, base, target, what);
    }
  }

  /** Notes what an operation is built on, and no more. */
  void built(String id, String base) {
    note(new Note(id, base, NONE, ""));
  }

  void undone(String id, String base, Operation target) {
    note(new Note(id, base, target.id(), "undo to " + target.shortId()));
  }

  /** Notes what an operation did. */
  void did(String id, String base, String what) {
    note(new Note(id, base, NONE, what));
  }

  /** Notes what everything before the first note is built on; later calls do nothing. */
  void begin(String base) {
    if (notes().isEmpty()) {
      write(List.of(new Note(NONE, base, NONE, "")));
    }
  }

  /**
   * What the first of these operations is built on.
   *
   * @param operations newest first
   */
  String base(List<Operation> operations) {
    List<Note> notes = notes();
    for (Operation operation : operations) {
      for (Note note : notes.reversed()) {
        if (note.id().equals(operation.id())) {
          return note.base();
        }
      }
    }
    return notes.getFirst().base();
  }

  /** The operation that an undo went back to; nothing when this one is no undo. */
  Optional<String> undone(String id) {
    return notes().stream()
        .filter(note -> note.id().equals(id) && !note.target().equals(NONE))
        .map(Note::target)
        .reduce((earlier, later) -> later);
  }

  /** What the operation did, if that is noted. */
  Optional<String> what(String id) {
    return notes().stream()
        .filter(note -> note.id().equals(id) && !note.what().isEmpty())
        .map(Note::what)
        .reduce((earlier, later) -> later);
  }

  private void note(Note note) {
    var notes = new ArrayList<>(notes());
    if (notes.isEmpty()) {
      throw new IllegalStateException("a note before the journal began");
    }
    if (notes.getLast().equals(note)) {
      return;
    }
    notes.add(note);
    if (notes.size() > MOST_LINES) {
      notes.remove(1);
    }
    write(notes);
  }

  private List<Note> notes() {
    try {
      return DurableFiles.read(file).stream()
          .flatMap(bytes -> new String(bytes, StandardCharsets.UTF_8).lines())
          .map(Note::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(List<Note> notes) {
    var text = new StringBuilder();
    notes.forEach(note -> text.append(note.line()).append('\n'));
    try {
      DurableFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
