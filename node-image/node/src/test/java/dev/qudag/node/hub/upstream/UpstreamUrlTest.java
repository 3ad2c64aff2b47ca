package dev.qudag.node.hub.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example/team/library.git",
        "http://git:8080/library.git",
        "ssh://git@git.example:2222/library.git"
      })
  void takesWhatGitMayReach(String text) {
    assertThat(UpstreamUrl.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///srv/git/library.git",
        "/srv/git/library.git",
        "ext::sh -c id",
        "ext::sh",
        "git://git.example/library.git",
        "git@git.example:library.git",
        "--upload-pack=id",
        "ssh://-oProxyCommand=id/library.git",
        "ssh://-l@git.example/library.git",
        "https://git.example",
        "https:///library.git",
        "https://git.example/library.git?a=b",
        "https://git.example/library.git#a",
        "https://git.example/a b",
        "https://git.example/a\nb",
        ""
      })
  void refusesEverythingElse(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> UpstreamUrl.parse(text));
  }

  @Test
  void keepsAPasswordOutOfTheMessage() {
    for (String text :
        new String[] {
          "https://hub:s3cret@git.example/library.git",
          "https://s3cret@git.example/library.git",
          "ssh://git:s3cret@git.example/library.git"
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> UpstreamUrl.parse(text))
          .withMessageContaining("Secret")
          .withMessageNotContaining("s3cret");
    }
  }

  @Test
  void refusesALongOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UpstreamUrl.parse("https://git.example/" + "a".repeat(600)))
        .withMessageContaining("620 characters");
  }
}
