package dev.qudag.consensus.simplex;

import dev.qudag.crypto.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An honest member: the core, its disk, and the process around it as far as the core can tell. */
final class SimulatedMember {
  final int index;
  final SimulatedDisk disk = new SimulatedDisk();
  private final BlockHeader genesis;
  private final SimplexConfig config;
  private Optional<Simplex<List<Integer>>> core = Optional.empty();

  /** Counts timers: what runs out is of use only when it is the last one set. */
  long timer;

  boolean timerArmed;

  SimulatedMember(int index, ValidatorSet set, BlockHeader genesis) {
    this.index = index;
    this.genesis = genesis;
    this.config =
        new SimplexConfig(
            genesis.chainId(),
            genesis.epoch(),
            set,
            index,
            message -> TestingKeys.sign(index, message),
            Duration.ofMillis(500),
            SimplexConfig.LONGEST_TIMEOUT);
  }

  boolean isUp() {
    return core.isPresent();
  }

  long view() {
    return core.map(Simplex::view).orElse(0L);
  }

  Step start() {
    core = Optional.of(new Simplex<>(config, new TestingPayloads(), disk.tip(genesis)));
    return apply(new Event.Started(disk.signState()));
  }

  Step apply(Event event) {
    return core.orElseThrow().apply(event);
  }

  void stop() {
    core = Optional.empty();
    timer++;
    timerArmed = false;
  }

  boolean isFinal(int number) {
    return disk.blocks().stream()
        .anyMatch(block -> TestingPayloads.numbers(block.block().payload()).contains(number));
  }

  Event.Waiting waiting(List<Integer> submitted) {
    List<Bytes> items =
        submitted.stream().filter(number -> !isFinal(number)).map(TestingPayloads::item).toList();
    return new Event.Waiting(items);
  }
}
