package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.simplex.Event;
import dev.qudag.consensus.simplex.SimplexConfig;
import dev.qudag.consensus.simplex.Tip;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loop that is a set of one: what it does with a final block, in which order. */
class ConsensusLoopTest {
  @TempDir Path folder;

  private final List<String> done = new CopyOnWriteArrayList<>();
  private volatile boolean diskFails;
  private volatile boolean memoryFails;
  private volatile boolean sealed;

  @Test
  void tellsOfAFinalBlockFirstAndSyncsItWhenNothingElseWaits() throws Exception {
    try (SignLog signLog = SignLog.open(folder, "incarnation", true);
        ConsensusLoop<Long> loop = loop(signLog)) {
      loop.start();
      loop.submit(new Event.Waiting(OpaquePayloads.items(1, 1)));
      await().until(() -> done.contains("sync"));
      assertThat(done).containsExactly("append", "tell", "sync");
    }
    assertThat(done).as("there was nothing left to sync").hasSize(3);
  }

  @Test
  void aBlockThatACrashLostIsFinalAgainByTheSignState() throws Exception {
    try (SignLog signLog = SignLog.open(folder, "incarnation", true);
        ConsensusLoop<Long> loop = loop(signLog)) {
      diskFails = true;
      loop.start();
      loop.submit(new Event.Waiting(OpaquePayloads.items(1, 1)));
      await().until(() -> done.contains("fail"));
      assertThat(done).containsExactly("append", "tell", "fail");
    }
    done.clear();
    diskFails = false;
    try (SignLog signLog = SignLog.open(folder, "incarnation", false);
        ConsensusLoop<Long> loop = loop(signLog)) {
      loop.start();
      await().until(() -> done.contains("sync"));
      assertThat(done).containsExactly("append", "tell", "sync");
    }
  }

  @Test
  void leavesBehindWhatIsFinalAfterTheSeal() throws Exception {
    try (SignLog signLog = SignLog.open(folder, "incarnation", true);
        ConsensusLoop<Long> loop = loop(signLog)) {
      sealed = true;
      loop.start();
      loop.submit(new Event.Waiting(OpaquePayloads.items(1, 1)));
      await().until(() -> loop.view() > 1);
    }
    assertThat(done).isEmpty();
  }

  @Test
  void anErrorIsToldOfLikeADiskThatFails() throws Exception {
    try (SignLog signLog = SignLog.open(folder, "incarnation", true);
        ConsensusLoop<Long> loop = loop(signLog)) {
      memoryFails = true;
      loop.start();
      loop.submit(new Event.Waiting(OpaquePayloads.items(1, 1)));
      await().until(() -> done.contains("fail"));
    }
    assertThat(done).containsExactly("append", "tell", "fail");
  }

  private ConsensusLoop<Long> loop(SignLog signLog) {
    ValidatorSet.SignatureCheck trusting = (message, signature) -> true;
    var watch = new ForgeryWatch(ValidatorSet.ofEqualWeight(List.of(trusting)));
    SimplexConfig config =
        new SimplexConfig(
            Digest.ZERO,
            0,
            watch.set(),
            0,
            message -> Bytes.of(message),
            Duration.ofSeconds(1),
            SimplexConfig.LONGEST_TIMEOUT);
    return new ConsensusLoop<>(
        config,
        new OpaquePayloads(1),
        watch,
        signLog,
        new Chain(),
        new Outlet(),
        new ValidatorMetrics(new PrometheusRegistry()));
  }

  private final class Chain implements FinalChain<Long> {
    private Tip<Long> tip = new Tip<>(BlockHeader.genesis(Digest.ZERO, 0), Optional.empty(), 0L);

    @Override
    public Tip<Long> tip() {
      return tip;
    }

    @Override
    public void append(FinalBlock block, Long state) {
      done.add("append");
      tip = new Tip<>(block.block().header(), Optional.of(block.finality()), state);
    }

    @Override
    public boolean isSealed() {
      return sealed;
    }

    @Override
    public void sync() throws IOException {
      if (diskFails) {
        throw new IOException("no disk");
      }
      if (memoryFails) {
        throw new OutOfMemoryError("no memory");
      }
      done.add("sync");
    }
  }

  private final class Outlet implements ConsensusLoop.Outlet<Long> {
    @Override
    public void send(int peer, Message message) {}

    @Override
    public void broadcast(Message message) {}

    @Override
    public void finalized(FinalBlock block, Long state) {
      done.add("tell");
    }

    @Override
    public void catchUp(long fromHeight) {
      done.add("catch up");
    }

    @Override
    public void seen(Message message) {
      done.add("seen");
    }

    @Override
    public void forged(int peer) {
      done.add("forged");
    }

    @Override
    public void failed(Throwable reason) {
      done.add("fail");
    }
  }
}
