package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.node.identity.NodeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was signed in one epoch stays apart from another's, and is not lost unseen. */
class EpochLogsIT {
  private static final int SIGNATURE_BYTES = 4627;

  @TempDir Path folder;
  private TestingSwarm swarm;
  private NodeStore store;
  private SignLog first;

  @BeforeEach
  void open() throws Exception {
    swarm = new TestingSwarm(folder, 1);
    store = NodeStore.open(swarm.volume(0));
    first = SignLog.open(store.data(), store.incarnation(), false);
  }

  @AfterEach
  void close() throws Exception {
    first.close();
    store.close();
    swarm.close();
  }

  private EpochLogs logs(long epoch) throws IOException {
    return EpochLogs.open(store, swarm.genesis, epoch, first, true);
  }

  private static void close(EpochLogs logs) throws IOException {
    logs.signLog().close();
    logs.attestations().close();
  }

  private static SignRecord vote(long epoch) {
    BlockHeader block = new BlockHeader(Digest.ZERO, epoch, 1, 1, Digest.ZERO, Digest.ZERO, 1);
    return new SignRecord.Voted(
        new Vote(Ballot.finalize(block), 0, Bytes.of(new byte[SIGNATURE_BYTES])));
  }

  @Test
  void eachEpochHasItsOwn() throws Exception {
    EpochLogs zero = logs(0);
    zero.signLog().append(vote(0));
    EpochLogs one = logs(1);
    assertThat(one.signLog().replay()).isEmpty();
    one.signLog().append(vote(1));
    one.signLog().sync();
    close(one);
    EpochLogs again = logs(1);
    assertThat(again.signLog().replay()).containsExactly(vote(1));
    close(again);
    zero.attestations().close();
  }

  @Test
  void logsOfALaterEpochThatAreGoneAreRefused() throws Exception {
    close(logs(1));
    Files.delete(swarm.volume(0).resolve("epoch-1/sign.log"));
    assertThatThrownBy(() -> logs(1)).hasMessageContaining("sign.log is gone");
  }

  /** The disk knows of the epoch only when both logs are there. */
  @Test
  void aCrashWhileTheLogsAreMadeLetsThemBeMadeAnew() throws Exception {
    Path epoch = Files.createDirectories(swarm.volume(0).resolve("epoch-1"));
    SignLog.open(epoch, store.incarnation(), true).close();
    close(logs(1));
    assertThat(swarm.volume(0).resolve("epoch")).exists();
  }
}
