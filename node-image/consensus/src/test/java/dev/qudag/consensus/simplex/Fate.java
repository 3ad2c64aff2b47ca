package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import java.util.random.RandomGenerator;

/** What a faulty member comes to: at most f of them in a swarm that must go on. */
enum Fate {
  /** Says two things as a leader, and votes for everything. */
  EQUIVOCATOR,
  /** Proposes what conflicts with the chain: on a wrong parent, at a wrong height, not valid. */
  CONFLICTER,
  /** Speaks in the name of others. */
  IMPERSONATOR,
  /** Gives up every view, and finalizes none. */
  NULLER,
  /** Never says a word. */
  SILENT,
  /** Says again what was right once: in an old view, in the epoch before. */
  OUTDATED,
  /** Runs twice with one key, each time by the rules. */
  TWIN,
  /** Loses its disk with its sign-state: from then on its key must not sign. */
  DISK_LOST;

  /** How a member with this fate behaves beyond the rules. */
  Conduct conduct(int self, ValidatorSet set, BlockHeader genesis, RandomGenerator random) {
    return switch (this) {
      case EQUIVOCATOR -> new Equivocator(self, random);
      case CONFLICTER -> new Conflicter(self, genesis, random);
      case IMPERSONATOR -> new Impersonator(self, set, random);
      case NULLER -> new Nuller(self);
      case OUTDATED -> new Outdated(set, random);
      case SILENT, TWIN, DISK_LOST -> Conduct.HONEST;
    };
  }

  /** Whether such a member keeps to the rules itself as long as it runs. */
  boolean isHonest() {
    return this == DISK_LOST;
  }
}
