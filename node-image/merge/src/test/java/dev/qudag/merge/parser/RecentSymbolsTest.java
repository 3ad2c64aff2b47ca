package dev.qudag.merge.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.parser.RecentSymbols.Key;
import dev.qudag.merge.symbol.Language;
import dev.qudag.merge.symbol.SymbolReading;
import org.junit.jupiter.api.Test;

class RecentSymbolsTest {
  private static final SymbolReading READING =
      new SymbolReading.TextOnly(SymbolReading.Why.Unparsable);

  private final RecentSymbols recent = new RecentSymbols(100);

  @Test
  void forgetsWhatWasAskedForLongestAgo() {
    recent.keep(key("a"), READING, 40);
    recent.keep(key("b"), READING, 40);
    assertThat(recent.find(key("a"))).contains(READING);

    recent.keep(key("c"), READING, 40);

    assertThat(recent.find(key("b"))).isEmpty();
    assertThat(recent.find(key("a"))).contains(READING);
    assertThat(recent.find(key("c"))).contains(READING);
  }

  @Test
  void theSameFileCountsOnce() {
    recent.keep(key("a"), READING, 60);
    recent.keep(key("a"), READING, 60);
    recent.keep(key("b"), READING, 40);

    assertThat(recent.find(key("a"))).contains(READING);
  }

  @Test
  void oneThatIsTooLargeIsNotKept() {
    recent.keep(key("a"), READING, 101);

    assertThat(recent.find(key("a"))).isEmpty();
  }

  private static Key key(String blob) {
    return new Key(Language.Java, blob);
  }
}
