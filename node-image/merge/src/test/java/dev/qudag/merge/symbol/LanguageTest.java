package dev.qudag.merge.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanguageTest {
  @Test
  void theEndingOfTheNameTells() {
    assertThat(Language.ofPath("src/A.java")).contains(Language.Java);
    assertThat(Language.ofPath("a/b.TSX")).contains(Language.Tsx);
    assertThat(Language.ofPath("x.rs")).contains(Language.Rust);
    assertThat(Language.ofPath("a.java/README")).isEmpty();
    assertThat(Language.ofPath("a/.go")).isEmpty();
    assertThat(Language.ofPath("Makefile")).isEmpty();
    assertThat(Language.ofPath("x.kt")).isEmpty();
  }

  @Test
  void typeScriptUsesWhatJavaScriptDefines() {
    assertThat(Language.Tsx.uses(Language.JavaScript)).isTrue();
    assertThat(Language.Go.uses(Language.Rust)).isFalse();
  }
}
