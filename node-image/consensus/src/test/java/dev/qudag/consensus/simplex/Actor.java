package dev.qudag.consensus.simplex;

import java.util.Optional;

/** One process in a simulation: a member, its clock, and whether it keeps to the rules. */
final class Actor {
  /** Its place among the processes; a twin's differs from its index among the members. */
  final int number;

  final SimulatedMember member;
  final Conduct conduct;
  private final Optional<Fate> fate;
  private final double clockRate;

  /** Until then it validates, and whatever comes has to wait. */
  long busyUntil;

  /**
   * @param rate how many of its milliseconds pass in one
   */
  Actor(int number, SimulatedMember member, Optional<Fate> fate, Conduct conduct, double rate) {
    this.number = number;
    this.member = member;
    this.fate = fate;
    this.conduct = conduct;
    this.clockRate = rate;
  }

  int index() {
    return member.index;
  }

  /** Whether it must end with all that was submitted. */
  boolean isHonest() {
    return fate.isEmpty();
  }

  /** Whether all that it says and finalizes must be right. */
  boolean isAccountable() {
    return fate.map(Fate::isHonest).orElse(true);
  }

  boolean mayStart() {
    return !member.isUp() && member.disk.isWhole() && !fate.equals(Optional.of(Fate.SILENT));
  }

  boolean losesDisk() {
    return fate.equals(Optional.of(Fate.DISK_LOST));
  }

  /** When its clock has counted so many milliseconds. */
  long elapsed(long ownMillis) {
    return Math.max(1, Math.round(ownMillis / clockRate));
  }
}
