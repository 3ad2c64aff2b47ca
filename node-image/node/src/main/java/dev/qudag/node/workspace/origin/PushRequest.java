package dev.qudag.node.workspace.origin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The commands at the head of a {@code git-receive-pack} request.
 *
 * @param raw the bytes that were read, to be handed on before the rest of the stream
 */
record PushRequest(List<Update> updates, Set<String> capabilities, byte[] raw) {

  private static final int MAX_HEAD_BYTES = 64 << 10;
  private static final String ZERO = "0".repeat(40);

  /** What the pusher wants one ref to become. */
  record Update(String commit, String ref) {

    boolean deletes() {
      return commit.equals(ZERO);
    }
  }

  /** Reads up to the flush and leaves the pack in the stream. */
  static PushRequest read(InputStream stream) throws IOException {
    var raw = new ByteArrayOutputStream();
    var updates = new ArrayList<Update>();
    Set<String> capabilities = Set.of();
    for (byte[] line = PktLine.read(stream, raw); line != null; line = PktLine.read(stream, raw)) {
      if (raw.size() > MAX_HEAD_BYTES) {
        throw new IOException("more than " + MAX_HEAD_BYTES + " bytes of push commands");
      }
      String text = new String(line, StandardCharsets.UTF_8).stripTrailing();
      if (text.startsWith("shallow ")) {
        continue;
      }
      int nul = text.indexOf('\0');
      if (nul >= 0) {
        capabilities = Set.of(text.substring(nul + 1).strip().split(" +"));
        text = text.substring(0, nul);
      }
      updates.add(update(text));
    }
    return new PushRequest(List.copyOf(updates), capabilities, raw.toByteArray());
  }

  private static Update update(String text) throws IOException {
    String[] words = text.split(" ", 3);
    if (words.length != 3 || !words[1].matches("[0-9a-f]{40}")) {
      throw new IOException("not a push command");
    }
    return new Update(words[1], words[2]);
  }

  /** Why no such push is taken, whatever the commit is. */
  Optional<String> objection() {
    if (updates.size() > 1) {
      return Optional.of("push one branch at a time");
    }
    Update update = updates.getFirst();
    if (update.deletes()) {
      return Optional.of("a branch cannot be deleted here");
    }
    return update.ref().startsWith("refs/heads/")
        ? Optional.empty()
        : Optional.of("only a branch can be pushed, as in: git push origin HEAD");
  }
}
