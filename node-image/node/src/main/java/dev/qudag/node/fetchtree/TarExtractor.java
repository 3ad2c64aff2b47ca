package dev.qudag.node.fetchtree;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * Unpacks the tar of a tree (POSIX pax with regular files, folders and symbolic links, as {@code
 * git archive} writes it) into a folder and never beside it: a path that is absolute, has {@code
 * ..}, or leads through a symbolic link is refused, and so is every other kind of entry and a file
 * that exists.
 */
final class TarExtractor {
  private static final int BLOCK = 512;
  private static final int MAX_PAX_BYTES = 1 << 20;

  private final Path folder;
  private Map<String, String> pax = Map.of();
  private int files;

  TarExtractor(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** The number of files and links unpacked. */
  int extract(InputStream tar) throws IOException {
    Files.createDirectories(folder);
    byte[] header = new byte[BLOCK];
    while (tar.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
      entry(header, tar);
    }
    return files;
  }

  private void entry(byte[] header, InputStream tar) throws IOException {
    long size = octal(header, 124, 12);
    String path = pax.getOrDefault("path", name(header));
    String link = pax.getOrDefault("linkpath", text(header, 157, 100));
    char type = (char) header[156];
    if (type != 'x') {
      pax = Map.of();
    }
    switch (type) {
      case '0', '\0' -> file(target(path), (octal(header, 100, 8) & 0100) != 0, size, tar);
      case '5' -> Files.createDirectories(target(path));
      case '2' -> link(target(path), link);
      case 'x' -> pax = records(limited(size, tar));
      case 'g' -> limited(size, tar);
      default ->
          throw new IOException(
              "tar entry " + path + ": type " + type + " is not expected in a tree");
    }
    tar.skipNBytes(Math.floorMod(-size, BLOCK));
  }

  private Path target(String path) throws IOException {
    Path target = folder;
    for (String part : path.split("/")) {
      if (path.startsWith("/")
          || part.equals("..")
          || part.isEmpty()
          || Files.isSymbolicLink(target)) {
        throw new IOException("tar entry " + path + " leads out of the folder");
      }
      target = target.resolve(part);
    }
    return target;
  }

  private void file(Path target, boolean executable, long size, InputStream tar)
      throws IOException {
    Files.createDirectories(target.getParent());
    var options =
        new StandardOpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    try (OutputStream out = Files.newOutputStream(target, options)) {
      byte[] buffer = new byte[64 * 1024];
      for (long left = size; left > 0; ) {
        int count = tar.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new EOFException("the tar ends inside of " + target);
        }
        out.write(buffer, 0, count);
        left -= count;
      }
    }
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxrwxr-x" : "rw-rw-r--"));
    files++;
  }

  private void link(Path target, String to) throws IOException {
    Files.createDirectories(target.getParent());
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("tar entry " + target + " is there twice");
    }
    Files.createSymbolicLink(target, Path.of(to));
    files++;
  }

  private static byte[] limited(long size, InputStream tar) throws IOException {
    if (size > MAX_PAX_BYTES) {
      throw new IOException("a tar header of " + size + " bytes, at most " + MAX_PAX_BYTES);
    }
    return tar.readNBytes((int) size);
  }

  /** Records of {@code "<length> <key>=<value>\n"}, the length counting itself. */
  private static Map<String, String> records(byte[] bytes) throws IOException {
    Map<String, String> records = new HashMap<>();
    for (int from = 0; from < bytes.length; ) {
      int space = from;
      while (space < bytes.length && bytes[space] != ' ') {
        space++;
      }
      int length =
          Integer.parseInt(new String(bytes, from, space - from, StandardCharsets.US_ASCII));
      if (length < space - from + 2 || from + length > bytes.length) {
        throw new IOException("a tar header with a record of " + length + " bytes");
      }
      String[] record =
          new String(bytes, space + 1, length - (space - from) - 2, StandardCharsets.UTF_8)
              .split("=", 2);
      records.put(record[0], record.length == 2 ? record[1] : "");
      from += length;
    }
    return records;
  }

  private static String name(byte[] header) {
    String prefix = text(header, 345, 155);
    String name = text(header, 0, 100);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] header, int offset, int length) throws IOException {
    String digits = text(header, offset, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("a tar header with the number " + digits, e);
    }
  }
}
