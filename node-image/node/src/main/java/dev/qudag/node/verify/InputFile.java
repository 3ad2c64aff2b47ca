package dev.qudag.node.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that a person names: certificates, genesis and changes are small, and read whole. */
public final class InputFile {
  private static final long MAX_BYTES = 16 << 20;

  private InputFile() {}

  /**
   * All of it.
   *
   * @throws NoSuchFileException when there is none
   * @throws IOException when it has more than 16 MiB, or cannot be read
   */
  public static byte[] read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " has more than " + MAX_BYTES + " bytes");
    }
    return Files.readAllBytes(file);
  }
}
