package dev.qudag.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of secret files that appears whole or not at all: written beside, fsynced, renamed,
 * fsynced again.
 */
final class PrivateFolder {
  private static final String STAGING_SUFFIX = ".new";

  private PrivateFolder() {}

  /** The files of the folder by name; empty when the folder does not exist or has no file. */
  static Optional<Map<String, byte[]>> read(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return Optional.empty();
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (Path file : list(folder)) {
      files.put(file.getFileName().toString(), Files.readAllBytes(file));
    }
    return files.isEmpty() ? Optional.empty() : Optional.of(files);
  }

  static void create(Path folder, Map<String, byte[]> files) throws IOException {
    Path target = folder.toAbsolutePath();
    Path staging = target.resolveSibling(target.getFileName() + STAGING_SUFFIX);
    deleteLeftOver(staging);
    Files.createDirectory(
        staging,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      write(staging.resolve(file.getKey()), file.getValue());
    }
    sync(staging);
    Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    sync(target.resolveSibling("."));
  }

  private static void write(Path file, byte[] content) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Set<StandardOpenOption> createNew =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, createNew, ownerOnly)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void deleteLeftOver(Path staging) throws IOException {
    if (Files.exists(staging)) {
      for (Path file : list(staging)) {
        Files.delete(file);
      }
      Files.delete(staging);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
