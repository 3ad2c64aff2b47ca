package dev.qudag.node.workspace.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The shell client's way in: {@code request-<id>} is read, deleted and answered by {@code
 * answer-<id>} in the same folder.
 *
 * <p>The folder belongs to the agent, so a request may be anything: a symbolic link, a pipe, a huge
 * file, a million of them. Links are not followed, opening for read and write never waits at a
 * pipe, size and number are bounded, and an answer is a new file that is moved into place.
 */
public final class FileDesk implements AutoCloseable {

  static final int MAX_REQUEST_BYTES = 4096;
  static final int MAX_AT_ONCE = 8;
  private static final int MAX_ENTRIES_READ = 1000;
  private static final String REQUEST = "request-";
  private static final String ANSWER = "answer-";

  private final Path folder;
  private final Desk desk;
  private final WatchService watch;
  private final Semaphore free = new Semaphore(MAX_AT_ONCE);
  private final Thread reader;

  public FileDesk(Path folder, Desk desk) throws IOException {
    this.folder = folder;
    this.desk = desk;
    this.watch = folder.getFileSystem().newWatchService();
    folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
    this.reader = Thread.ofPlatform().daemon().name("file-desk").start(this::serve);
  }

  private void serve() {
    try {
      while (true) {
        sweep();
        var key = watch.poll(1, TimeUnit.SECONDS);
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() throws InterruptedException {
    int seen = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (++seen > MAX_ENTRIES_READ) {
          return;
        }
        String name = entry.getFileName().toString();
        if (name.matches(REQUEST + "[0-9A-Za-z-]{1,64}")) {
          take(entry, name.substring(REQUEST.length()));
        }
      }
    } catch (IOException e) {
      // The agent may do what it likes with its folder; the next sweep looks again.
      return;
    }
  }

  /** Reads and removes a request at once; it is answered beside the others. */
  private void take(Path file, String id) throws InterruptedException {
    Optional<Request> request = Optional.empty();
    try {
      request = parse(read(file));
    } catch (IOException e) {
      // Not a plain file of bounded size: answered as a request that nobody understands.
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      return;
    }
    free.acquire();
    var found = request;
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                reply(id, found.map(desk::answer).orElse(Answer.usage("unknown request")));
              } finally {
                free.release();
              }
            });
  }

  static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("not a plain file");
    }
    // The file may have become a pipe meanwhile: opened for both directions it never blocks, and
    // its size is 0.
    try (var channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      long size = channel.size();
      if (size == 0 || size > MAX_REQUEST_BYTES) {
        throw new IOException("a request of " + size + " bytes");
      }
      var buffer = ByteBuffer.allocate((int) size);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // reads on
      }
      return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
  }

  /** First line the name, then {@code key=value} lines. */
  static Optional<Request> parse(String text) {
    var lines = text.lines().toList();
    var options = new HashMap<String, String>();
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        options.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return lines.isEmpty() ? Optional.empty() : Request.of(lines.getFirst(), Map.copyOf(options));
  }

  /** First line the exit code, the rest the text. */
  private void reply(String id, Answer answer) {
    String text = answer.code().exit() + "\n" + answer.text().stripTrailing() + "\n";
    try {
      AgentFolder.put(folder, ANSWER + id, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Whoever took the folder's place away gets no answer; its client gives up by itself.
      return;
    }
  }

  @Override
  public void close() {
    reader.interrupt();
    try {
      watch.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
