package dev.qudag.merge.text;

import dev.qudag.merge.FileOutcome;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text file: UTF-8 without a NUL, whose lines all end in one way, the last one too.
 *
 * @param lines without their ends
 */
public record Text(List<String> lines, Ending ending) {
  public Text {
    lines = List.copyOf(lines);
  }

  /** How each line ends. */
  public enum Ending {
    LF("\n"),
    CRLF("\r\n");

    private final String characters;

    Ending(String characters) {
      this.characters = characters;
    }
  }

  /** What bytes are. */
  public sealed interface Reading {
    record Readable(Text text) implements Reading {}

    record Unreadable(FileOutcome why) implements Reading {}
  }

  public static Reading read(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return new Reading.Unreadable(FileOutcome.Binary);
      }
    }
    try {
      return lines(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return new Reading.Unreadable(FileOutcome.NotUtf8);
    }
  }

  private static Reading lines(String content) {
    if (!content.isEmpty() && !content.endsWith("\n")) {
      return new Reading.Unreadable(FileOutcome.UnendedLine);
    }
    var ending = content.endsWith("\r\n") ? Ending.CRLF : Ending.LF;
    var lines = new ArrayList<String>();
    for (int from = 0; from < content.length(); ) {
      int feed = content.indexOf('\n', from);
      int end = feed - (ending.characters.length() - 1);
      if (end < from || !content.startsWith(ending.characters, end)) {
        return new Reading.Unreadable(FileOutcome.MixedLineEndings);
      }
      var line = content.substring(from, end);
      if (line.indexOf('\r') >= 0) {
        return new Reading.Unreadable(FileOutcome.MixedLineEndings);
      }
      lines.add(line);
      from = feed + 1;
    }
    return new Reading.Readable(new Text(lines, ending));
  }

  /** What {@link #read} reads. */
  public byte[] bytes() {
    var content = new StringBuilder();
    lines.forEach(line -> content.append(line).append(ending.characters));
    return content.toString().getBytes(StandardCharsets.UTF_8);
  }
}
