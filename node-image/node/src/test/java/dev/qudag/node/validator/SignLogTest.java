package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.node.disk.TestingVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignLogTest {
  private static final int SIGNATURE_BYTES = 4627;

  @TempDir Path folder;

  @Test
  void replaysWhatWasSignedAfterARestart() throws IOException {
    try (SignLog log = SignLog.open(folder, "incarnation", true)) {
      log.append(vote(1));
      log.append(vote(2));
      assertThat(log.sync()).isTrue();
      assertThat(log.sync()).as("nothing new").isFalse();
    }
    try (SignLog log = SignLog.open(folder, "incarnation", false)) {
      assertThat(log.replay()).containsExactly(vote(1), vote(2));
    }
  }

  @Test
  void aKeyWithoutItsLogIsRefused() {
    assertThatThrownBy(() -> SignLog.open(folder, "incarnation", false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it may have signed anything");
  }

  @Test
  void theLogOfAnotherKeyIsRefused() throws IOException {
    SignLog.open(folder, "incarnation", true).close();
    assertThatThrownBy(() -> SignLog.open(folder, "another incarnation", false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another key");
  }

  @Test
  void staysSmallByForgettingFinalViewsAndKeepsTheLiveOnes() throws IOException {
    try (SignLog log = SignLog.open(folder, "incarnation", true)) {
      for (long view = 1; view <= 2000; view++) {
        log.append(vote(view));
        log.sync();
        log.forgetUpTo(view - 2);
      }
    }
    assertThat(Files.size(folder.resolve("sign.log"))).isLessThan(5 << 20);
    try (SignLog log = SignLog.open(folder, "incarnation", false)) {
      assertThat(log.replay()).endsWith(vote(1999), vote(2000));
    }
  }

  /** It signs no more, and nothing that it signed is forgotten. */
  @Test
  void aFullVolumeLeavesWhatWasSigned() throws IOException {
    try (var volume = TestingVolume.mount(folder.resolve("volume"), 1)) {
      long signed = 0;
      try (SignLog log = SignLog.open(volume.folder(), "incarnation", true)) {
        volume.fill(/* left= */ 64 << 10);
        signed = signUntilFull(log);
        assertThat(signed).isPositive();
      }
      try (SignLog log = SignLog.open(volume.folder(), "incarnation", false)) {
        assertThat(log.replay()).hasSize((int) signed).endsWith(vote(signed));
        volume.makeRoom();
        log.append(vote(signed + 1));
        assertThat(log.sync()).isTrue();
      }
    }
  }

  private static long signUntilFull(SignLog log) {
    for (long view = 1; ; view++) {
      try {
        log.append(vote(view));
        log.sync();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("No space left on device");
        return view - 1;
      }
    }
  }

  private static SignRecord vote(long view) {
    BlockHeader block = new BlockHeader(Digest.ZERO, 0, view, view, Digest.ZERO, Digest.ZERO, 1);
    return new SignRecord.Voted(
        new Vote(Ballot.finalize(block), 0, Bytes.of(new byte[SIGNATURE_BYTES])));
  }
}
