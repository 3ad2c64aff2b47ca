package dev.qudag.merge.git;

import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.ObjectId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes single objects as git does with {@code core.fsync=all}: the zlib stream of "type SP size
 * NUL content" goes into a temporary file, which is synced and then takes the name of its id
 * (gitrepository-layout(5)). No process is started for it.
 */
final class LooseObjects {
  private final Path objects;

  LooseObjects(Path repository) {
    this.objects = repository.resolve("objects");
  }

  /**
   * Has the object in the repository when it returns; one that is there as a file is not written
   * again.
   *
   * @param type {@code blob}, {@code tree} or {@code commit}
   * @param content well-formed for that type: nobody looks
   */
  ObjectId write(String type, byte[] content) {
    var id = CommitBuilder.idOf(type, content);
    var folder = objects.resolve(id.hex().substring(0, 2));
    var file = folder.resolve(id.hex().substring(2));
    try {
      if (!Files.exists(file)) {
        store(file, deflated(type, content));
      }
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the " + type + " " + id + " to " + objects, e);
    }
  }

  /** The name of the temporary file is one that {@code git prune} clears away. */
  private void store(Path file, byte[] bytes) throws IOException {
    var temporary = Files.createTempFile(objects, "tmp_obj_", "");
    try {
      try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        for (var left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
          channel.write(left);
        }
        channel.force(true);
      }
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r--r--r--"));
      place(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Who gathers objects removes a folder that has become empty: then it is made again. */
  private static void place(Path temporary, Path file) throws IOException {
    while (true) {
      Files.createDirectories(file.getParent());
      try {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (NoSuchFileException e) {
        if (!Files.exists(temporary)) {
          throw e;
        }
      }
    }
  }

  private static byte[] deflated(String type, byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zlib = new DeflaterOutputStream(bytes)) {
      zlib.write((type + " " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
      zlib.write(content);
    }
    return bytes.toByteArray();
  }
}
