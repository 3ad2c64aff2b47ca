package dev.qudag.merge.git;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Unpacks what {@link TreeArchive} writes. Links come last, so that no file is ever written through
 * one.
 */
public final class TreeUnpacker {
  private static final int BLOCK = 512;
  private static final int MAX_PAX = 64 * 1024;

  private final Path root;
  private final Map<Path, String> links = new LinkedHashMap<>();

  private TreeUnpacker(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** Into an existing empty directory. */
  public static void unpack(InputStream tar, Path root) throws IOException {
    new TreeUnpacker(root).read(new BufferedInputStream(tar));
  }

  private void read(InputStream in) throws IOException {
    var pax = Map.<String, String>of();
    for (var header = in.readNBytes(BLOCK); !isEnd(header); header = in.readNBytes(BLOCK)) {
      var size = Long.parseLong(new String(header, 124, 11, StandardCharsets.US_ASCII), 8);
      switch (header[156]) {
        case 'x' -> pax = records(in, size);
        case '0' -> file(in, target(pax), size, (header[104] & 1) == 1);
        case '2' -> links.put(target(pax), value(pax, "linkpath"));
        default -> throw new IOException("a tree's archive holds no entry of type " + header[156]);
      }
      in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    }
    for (var link : links.entrySet()) {
      Files.createDirectories(parent(link.getKey()));
      Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
    }
  }

  private void file(InputStream in, Path target, long size, boolean executable) throws IOException {
    Files.createDirectories(parent(target));
    var buffer = new byte[64 * 1024];
    try (var out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      for (var left = size; left > 0; ) {
        var n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          throw new EOFException("the archive ends within " + target);
        }
        out.write(buffer, 0, n);
        left -= n;
      }
    }
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private Path target(Map<String, String> pax) throws IOException {
    var path = root.resolve(value(pax, "path")).normalize();
    if (!path.startsWith(root) || path.equals(root)) {
      throw new IOException("the archive names a path outside of the tree: " + path);
    }
    return path;
  }

  private Path parent(Path path) {
    return path.getParent() instanceof Path parent ? parent : root;
  }

  private static String value(Map<String, String> pax, String key) throws IOException {
    var value = pax.get(key);
    if (value == null) {
      throw new IOException("an entry of the archive has no " + key);
    }
    return value;
  }

  private static Map<String, String> records(InputStream in, long size) throws IOException {
    if (size > MAX_PAX) {
      throw new IOException("an entry of the archive has a header of " + size + " bytes");
    }
    var bytes = in.readNBytes((int) size);
    var records = new LinkedHashMap<String, String>();
    for (var from = 0; from < bytes.length; ) {
      var blank = from;
      while (bytes[blank] != ' ') {
        blank++;
      }
      var end =
          from + Integer.parseInt(new String(bytes, from, blank - from, StandardCharsets.US_ASCII));
      var text = new String(bytes, blank + 1, end - 1 - (blank + 1), StandardCharsets.UTF_8);
      var equals = text.indexOf('=');
      records.put(text.substring(0, equals), text.substring(equals + 1));
      from = end;
    }
    return records;
  }

  private static boolean isEnd(byte[] header) throws IOException {
    if (header.length < BLOCK) {
      throw new EOFException("the archive ends early");
    }
    return Arrays.equals(header, new byte[BLOCK]);
  }
}
