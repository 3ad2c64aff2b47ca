package dev.qudag.merge.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.text.Text.Ending;
import dev.qudag.merge.text.Text.Reading;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TextTest {
  private static Reading read(String content) {
    return Text.read(content.getBytes(UTF_8));
  }

  private static Reading unreadable(FileOutcome why) {
    return new Reading.Unreadable(why);
  }

  @Test
  void linesAreWithoutTheirEnds() {
    assertThat(read("a\n\nü\n"))
        .isEqualTo(new Reading.Readable(new Text(List.of("a", "", "ü"), Ending.LF)));
    assertThat(read("a\r\n\r\n"))
        .isEqualTo(new Reading.Readable(new Text(List.of("a", ""), Ending.CRLF)));
    assertThat(read("")).isEqualTo(new Reading.Readable(new Text(List.of(), Ending.LF)));
  }

  @Test
  void bothKindsOfEndsInOneFileAreNoText() {
    assertThat(read("a\r\nb\n")).isEqualTo(unreadable(FileOutcome.MixedLineEndings));
    assertThat(read("a\nb\r\n")).isEqualTo(unreadable(FileOutcome.MixedLineEndings));
    assertThat(read("\n\r\n")).isEqualTo(unreadable(FileOutcome.MixedLineEndings));
    assertThat(read("a\rb\n")).isEqualTo(unreadable(FileOutcome.MixedLineEndings));
    assertThat(read("a\rb\r\n")).isEqualTo(unreadable(FileOutcome.MixedLineEndings));
  }

  @Test
  void whatIsNoTextSaysWhy() {
    assertThat(read("a\nb")).isEqualTo(unreadable(FileOutcome.UnendedLine));
    assertThat(read("a\0\n")).isEqualTo(unreadable(FileOutcome.Binary));
    assertThat(Text.read("ü\n".getBytes(ISO_8859_1))).isEqualTo(unreadable(FileOutcome.NotUtf8));
  }

  @Property
  void bytesAreWhatWasRead(@ForAll("content") String content, @ForAll Ending ending) {
    var bytes = (ending == Ending.LF ? content : content.replace("\n", "\r\n")).getBytes(UTF_8);

    assertThat(Text.read(bytes))
        .isInstanceOfSatisfying(
            Reading.Readable.class,
            readable -> assertThat(readable.text().bytes()).isEqualTo(bytes));
  }

  @Provide
  Arbitrary<String> content() {
    return Arbitraries.of("", "a", " b ", "ü\u2028", "=======")
        .list()
        .ofMaxSize(8)
        .map(lines -> lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }
}
