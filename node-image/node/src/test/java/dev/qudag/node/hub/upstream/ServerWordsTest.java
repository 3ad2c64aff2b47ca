package dev.qudag.node.hub.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerWordsTest {
  @Test
  void areThoseOfTheServerWhereItSaysSomething() {
    assertThat(
            ServerWords.of(
                "remote: main is frozen        \nremote: ask Grace\nerror: failed to push some refs\n"))
        .isEqualTo("main is frozen; ask Grace");
  }

  @Test
  void areThoseOfGitOtherwise() {
    assertThat(ServerWords.of("warning: hm\nfatal: unable to access 'http://x/': refused\n"))
        .isEqualTo("fatal: unable to access 'http://x/': refused");
    assertThat(ServerWords.of("Host key verification failed.\n"))
        .isEqualTo("Host key verification failed.");
  }

  @Test
  void arePrintableAndBounded() {
    assertThat(ServerWords.of("remote: \u001b]0;owned\u0007" + "x".repeat(100_000)))
        .doesNotContain("\u001b", "\u0007")
        .hasSizeLessThan(300);
  }
}
