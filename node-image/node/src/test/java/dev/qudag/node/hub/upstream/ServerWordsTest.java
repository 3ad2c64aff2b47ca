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
  void areThoseOfSshWhereGitOnlySaysThatItFailed() {
    assertThat(
            ServerWords.of(
                """
                @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
                It is also possible that a host key has just been changed.
                Host key for git.example has changed and you have requested strict checking.
                Host key verification failed.
                fatal: Could not read from remote repository.

                Please make sure you have the correct access rights
                """))
        .isEqualTo(
            "Host key for git.example has changed and you have requested strict checking.; "
                + "Host key verification failed.; fatal: Could not read from remote repository.");
  }

  @Test
  void arePrintableAndBounded() {
    assertThat(ServerWords.of("remote: \u001b]0;owned\u0007" + "x".repeat(100_000)))
        .doesNotContain("\u001b", "\u0007")
        .hasSizeLessThan(300);
  }
}
