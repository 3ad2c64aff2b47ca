package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;

/** A bundle written by hand (gitformat-pack(5)): what no git would make, and thousands a second. */
final class TestingPack {
  private static final String NOBODY = "N <n@example.org> 1700000000 +0000";

  private final ByteArrayOutputStream objects = new ByteArrayOutputStream();
  private int count;

  /** Of a pack. */
  enum Type {
    COMMIT(1),
    TREE(2),
    BLOB(3);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    String git() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  ObjectId add(Type type, byte[] content) {
    long size = content.length;
    var first = (int) (type.number << 4 | (size & 15));
    var rest = size >>> 4;
    objects.write(rest > 0 ? first | 0x80 : first);
    for (; rest > 0; rest >>>= 7) {
      objects.write((int) (rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    }
    try (var deflater = new DeflaterOutputStream(objects)) {
      deflater.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    count++;
    return id(type, content);
  }

  private static ObjectId id(Type type, byte[] content) {
    var sha1 = sha1();
    sha1.update((type.git() + " " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
    return ObjectId.of(HexFormat.of().formatHex(sha1.digest(content)));
  }

  /** A tree whose items all are this one, under the names {@code a}, {@code b} and so on. */
  ObjectId tree(String mode, ObjectId item, int times) {
    var bytes = new ByteArrayOutputStream();
    for (var i = 0; i < times; i++) {
      bytes.writeBytes((mode + " " + (char) ('a' + i) + "\0").getBytes(StandardCharsets.US_ASCII));
      bytes.writeBytes(HexFormat.of().parseHex(item.hex()));
    }
    return add(Type.TREE, bytes.toByteArray());
  }

  ObjectId commit(ObjectId tree, String message, List<ObjectId> parents) {
    var text = new StringBuilder("tree " + tree + "\n");
    parents.forEach(parent -> text.append("parent ").append(parent).append('\n'));
    text.append("author " + NOBODY + "\ncommitter " + NOBODY + "\n\n").append(message);
    return add(Type.COMMIT, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  Path bundle(Path file, ObjectId tip, ObjectId... prerequisites) {
    var header = new BundleHeader(List.of(prerequisites), Map.of(RefName.branch("main"), tip));
    var pack = new ByteArrayOutputStream();
    pack.writeBytes(ByteBuffer.allocate(12).putInt(0x5041434b).putInt(2).putInt(count).array());
    pack.writeBytes(objects.toByteArray());
    try (var out = Files.newOutputStream(file)) {
      out.write(header.bytes());
      out.write(pack.toByteArray());
      out.write(sha1().digest(pack.toByteArray()));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
