package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text before a bundle's pack (gitformat-bundle(5), version 2): prerequisites "-id comment",
 * then "id ref", then a blank line. Read by hand, so that a stranger's bundle meets no option or
 * capability of git's.
 *
 * @param prerequisites commits that the receiver must have
 * @param tips what the bundle brings, by ref
 */
record BundleHeader(List<ObjectId> prerequisites, Map<RefName, ObjectId> tips) {
  private static final String SIGNATURE = "# v2 git bundle";
  private static final int MAX_LINES = 10_000;
  private static final int MAX_LINE = 1024;

  static BundleHeader read(InputStream in) throws IOException {
    if (!line(in).equals(SIGNATURE)) {
      throw new IOException("it does not start with '" + SIGNATURE + "'");
    }
    var prerequisites = new ArrayList<ObjectId>();
    var tips = new LinkedHashMap<RefName, ObjectId>();
    for (var count = 0; ; count++) {
      var line = line(in);
      if (line.isEmpty()) {
        return new BundleHeader(List.copyOf(prerequisites), tips);
      }
      if (count == MAX_LINES) {
        throw new IOException("its header has more than " + MAX_LINES + " lines");
      }
      try {
        if (line.startsWith("-")) {
          prerequisites.add(ObjectId.of(line.substring(1).split(" ", 2)[0]));
        } else {
          var parts = line.split(" ", 2);
          tips.put(RefName.of(parts[parts.length - 1]), ObjectId.of(parts[0]));
        }
      } catch (IllegalArgumentException e) {
        throw new IOException("its header is wrong: " + e.getMessage(), e);
      }
    }
  }

  byte[] bytes() {
    var out = new StringBuilder(SIGNATURE).append('\n');
    prerequisites.forEach(id -> out.append('-').append(id).append('\n'));
    tips.forEach((ref, id) -> out.append(id).append(' ').append(ref).append('\n'));
    return out.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("it ends within its header");
      }
      if (line.length() == MAX_LINE) {
        throw new IOException("its header has a line of more than " + MAX_LINE + " bytes");
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
