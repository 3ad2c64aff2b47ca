package dev.qudag.node.workspace.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
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
 *
 * <p>The oldest request comes first. Where the folder holds more than one look takes in, what is
 * over the number that is answered at once is refused, and what is left lying is removed.
 */
public final class FileDesk implements AutoCloseable {

  static final int MAX_REQUEST_BYTES = 4096;
  static final int MAX_AT_ONCE = 8;
  static final int MAX_ENTRIES_READ = 1000;

  /** Whoever waits for an answer, or writes a request, is done with it sooner. */
  private static final Duration LEFT_LYING = Duration.ofSeconds(5);

  private static final Answer TOO_MANY =
      Answer.refused(
          "TooManyRequests",
          "more than %d files are in the folder of requests, and are removed: ask again"
              .formatted(MAX_ENTRIES_READ));
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
        var key = sweep() ? watch.poll() : watch.poll(1, TimeUnit.SECONDS);
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A request that waits. */
  private record Waiting(Path file, String id, FileTime since) {}

  /** Whether it got rid of something and there is more. */
  private boolean sweep() {
    var requests = new ArrayList<Waiting>();
    var others = new ArrayList<Path>();
    int seen = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (++seen > MAX_ENTRIES_READ) {
          break;
        }
        String name = entry.getFileName().toString();
        if (name.matches(REQUEST + "[0-9A-Za-z-]{1,64}")) {
          requests.add(new Waiting(entry, name.substring(REQUEST.length()), modified(entry)));
        } else {
          others.add(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The agent may do what it likes with its folder; the next sweep looks again.
      return false;
    }
    requests.sort(Comparator.comparing(Waiting::since));
    int taken = 0;
    while (taken < requests.size() && free.tryAcquire()) {
      take(requests.get(taken++));
    }
    List<Waiting> surplus = requests.subList(taken, requests.size());
    return seen > MAX_ENTRIES_READ && clear(surplus, others);
  }

  private boolean clear(List<Waiting> surplus, List<Path> others) {
    int removed = 0;
    for (Waiting request : surplus) {
      if (remove(request.file())) {
        removed++;
        reply(request.id(), TOO_MANY);
      }
    }
    Instant now = Instant.now();
    for (Path other : others) {
      Duration age = Duration.between(modified(other).toInstant(), now);
      if (age.abs().compareTo(LEFT_LYING) > 0 && remove(other)) {
        removed++;
      }
    }
    return removed > 0;
  }

  private static FileTime modified(Path entry) {
    try {
      return Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return FileTime.fromMillis(0); // it has gone
    }
  }

  private static boolean remove(Path entry) {
    try {
      return Files.deleteIfExists(entry);
    } catch (IOException e) {
      return false; // a folder with something in it stays
    }
  }

  /** Reads and removes a request at once; it is answered beside the others. */
  private void take(Waiting waiting) {
    Optional<Request> request = Optional.empty();
    try {
      request = parse(read(waiting.file()));
    } catch (IOException e) {
      // Not a plain file of bounded size: answered as a request that nobody understands.
    }
    if (!remove(waiting.file())) {
      free.release();
      return;
    }
    var found = request;
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                reply(
                    waiting.id(), found.map(desk::answer).orElse(Answer.usage("unknown request")));
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

  /** Looks at the folder no more; who is being answered is answered. */
  @Override
  public void close() {
    reader.interrupt();
    try {
      watch.close();
      reader.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
