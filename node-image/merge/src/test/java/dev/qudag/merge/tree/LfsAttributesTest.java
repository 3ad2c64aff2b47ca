package dev.qudag.merge.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.Refusal.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LfsAttributesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*.bin filter=lfs diff=lfs merge=lfs -text",
        "a text\n\t*.psd\tfilter=lfs\r\n",
        "\"with space.bin\" filter=lfs",
        "[attr]large filter=lfs",
      })
  void aLineThatHasLfsFilterSomethingIsRefused(String content) {
    var refusal = LfsAttributes.refusal("art/.gitattributes", content).orElseThrow();

    assertThat(refusal.reason()).isEqualTo(Reason.LfsUnsupported);
    assertThat(refusal.message()).contains("'art/.gitattributes'", "git lfs migrate export");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# *.bin filter=lfs",
        "*.bin -filter",
        "*.bin filter=lfsx diff=lfs",
        "filter=lfs text",
        "*.md filter=other"
      })
  void whatFiltersNothingByLfsIsTaken(String content) {
    assertThat(LfsAttributes.refusal(".gitattributes", content)).isEmpty();
  }

  @Test
  void otherFilesMaySpeakOfIt() {
    assertThat(LfsAttributes.refusal("docs/lfs.md", "*.bin filter=lfs")).isEmpty();
    assertThat(LfsAttributes.refusal("x.gitattributes", "*.bin filter=lfs")).isEmpty();
  }
}
