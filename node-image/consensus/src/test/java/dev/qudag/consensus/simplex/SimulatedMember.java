package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A process that runs as a member: the core, its disk, and how the member behaves beyond both. */
final class SimulatedMember {
  /** More signatures than this upon one event: the core answers for ever. */
  private static final int MOST_SIGNATURES = 1000;

  final int index;
  final SimulatedDisk disk = new SimulatedDisk();
  private final BlockHeader genesis;
  private final ValidatorSet set;
  private final TestingPayloads rules = new TestingPayloads();
  private Optional<Simplex<List<Integer>>> core = Optional.empty();
  private int signatures;

  /** Counts timers: what runs out is of use only when it is the last one set. */
  private long timer;

  SimulatedMember(int index, ValidatorSet set, BlockHeader genesis) {
    this.index = index;
    this.set = set;
    this.genesis = genesis;
  }

  boolean isUp() {
    return core.isPresent();
  }

  long view() {
    return core.map(Simplex::view).orElse(0L);
  }

  /**
   * Starts from the disk.
   *
   * @throws IllegalStateException when the sign-state is not there: whoever does not know what the
   *     key signed must not sign with it
   */
  Step start() {
    if (!disk.isWhole()) {
      throw new IllegalStateException("member " + index + " has a key without its sign-state");
    }
    SimplexConfig config =
        new SimplexConfig(
            genesis.chainId(),
            genesis.epoch(),
            set,
            index,
            this::sign,
            Duration.ofMillis(500),
            SimplexConfig.LONGEST_TIMEOUT);
    core = Optional.of(new Simplex<>(config, rules, disk.tip(genesis)));
    return apply(new Event.Started(disk.signState()));
  }

  Step apply(Event event) {
    signatures = 0;
    return core.orElseThrow().apply(event);
  }

  /** How many payloads were applied, for the first time or again, since this was asked last. */
  int validations() {
    return rules.applied();
  }

  void stop() {
    core = Optional.empty();
    nextTimer();
  }

  /** Makes every timer before this one an old one. */
  long nextTimer() {
    return ++timer;
  }

  boolean isCurrent(long someTimer) {
    return timer == someTimer;
  }

  Event.Waiting waiting(List<Integer> submitted) {
    List<Bytes> items =
        submitted.stream()
            .filter(number -> !disk.isFinal(number))
            .map(TestingPayloads::item)
            .toList();
    return new Event.Waiting(items);
  }

  private Bytes sign(byte[] message) {
    assertThat(++signatures)
        .as("signatures of %d upon one event", index)
        .isLessThan(MOST_SIGNATURES);
    return TestingKeys.sign(index, message);
  }
}
