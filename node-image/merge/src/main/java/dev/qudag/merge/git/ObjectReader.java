package dev.qudag.merge.git;

import dev.qudag.merge.CommitHeader;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.process.Answer;
import dev.qudag.merge.git.process.Dialogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks {@code git cat-file --batch-command} for objects. For one thread; closed after use. */
final class ObjectReader implements AutoCloseable {
  static final String[] COMMAND = {"cat-file", "--batch-command"};

  private final Dialogue git;

  /**
   * @param git that runs {@link #COMMAND}; closed with this
   */
  ObjectReader(Dialogue git) {
    this.git = git;
  }

  record Info(ObjectId id, String type, long size) {}

  Optional<Info> info(ObjectId id) {
    return ask("info " + id);
  }

  /** The commit of that id itself; a tag or a tree of that id is none. */
  Optional<ObjectId> commit(ObjectId id) {
    return info(id).filter(found -> found.type().equals("commit")).map(Info::id);
  }

  Optional<ObjectId> treeOf(ObjectId commit) {
    return ask("info " + commit + "^{tree}").map(Info::id);
  }

  /** The commit that it was made on; a first commit has none. */
  Optional<ObjectId> firstParent(ObjectId commit) {
    return ask("info " + commit + "^1").map(Info::id);
  }

  /**
   * What a commit builds on, however long its message is.
   *
   * @return empty when there is no such commit, and when its parents take more than 64 KiB
   */
  Optional<CommitHeader> header(ObjectId commit) {
    return start(commit)
        .flatMap(start -> CommitHeader.parse(new String(start, StandardCharsets.ISO_8859_1)));
  }

  /** The first 64 KiB at most of a commit, however long it is; empty when there is none. */
  Optional<byte[]> start(ObjectId commit) {
    var start = new Start();
    return git.ask("contents " + commit + "\n", answer -> contents(answer, start))
        .filter(found -> found.type().equals("commit"))
        .map(_ -> start.kept.toByteArray());
  }

  /** The whole content in memory. */
  byte[] content(ObjectId id) {
    var bytes = new ByteArrayOutputStream();
    copy(id, bytes);
    return bytes.toByteArray();
  }

  /** Streams an object's content; throws when it is not there. */
  long copy(ObjectId id, OutputStream target) {
    return git.ask("contents " + id + "\n", answer -> contents(answer, target))
        .map(Info::size)
        .orElseThrow(() -> new IllegalStateException("no object " + id + " in the repository"));
  }

  private Optional<Info> ask(String question) {
    return git.ask(question + "\n", ObjectReader::head);
  }

  /** "id type size", then the content and a line feed; or "name missing". */
  private static Optional<Info> contents(Answer answer, OutputStream target) throws IOException {
    var found = head(answer);
    if (found.isPresent()) {
      answer.copy(found.get().size(), target);
      if (!answer.text('\n').isEmpty()) {
        throw new IOException("git cat-file did not end " + found.get() + " as announced");
      }
    }
    return found;
  }

  private static Optional<Info> head(Answer answer) throws IOException {
    var parts = answer.text('\n').split(" ");
    return parts.length == 3
        ? Optional.of(new Info(ObjectId.of(parts[0]), parts[1], Long.parseLong(parts[2])))
        : Optional.empty();
  }

  ProcessHandle process() {
    return git.process();
  }

  @Override
  public void close() {
    git.close();
  }

  /** Keeps so many bytes of what is written and drops the rest. */
  private static final class Start extends OutputStream {
    private static final int MOST = 64 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      if (kept.size() < MOST) {
        kept.write(b);
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      kept.write(bytes, from, Math.min(length, MOST - kept.size()));
    }
  }
}
