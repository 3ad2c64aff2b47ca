package dev.qudag.node.validator.custody;

import dev.qudag.consensus.chain.custody.CustodyRecord;
import java.util.Collection;
import java.util.Optional;

/**
 * How much a validator keeps for the hub. What is over it is refused with the reason; nothing that
 * was acknowledged makes room for it. Pure.
 *
 * @param proposals that have not ended, in all
 * @param proposalsOfWorkspace of these, of one workspace
 * @param ends of proposals
 * @param bytes of objects of proposals that have not ended, as they came over the wire
 * @param bytesOfWorkspace of these, of one workspace
 */
public record CustodyLimits(
    int proposals, int proposalsOfWorkspace, int ends, long bytes, long bytesOfWorkspace) {
  /** Of one record, which stays in memory: two signatures, a key and a few lines are some 18 kB. */
  static final int RECORD_BYTES = 32 * 1024;

  /**
   * Twice what a hub accepts and remembers, so that one which was restored has room beside what it
   * does not know of yet.
   */
  public static final CustodyLimits STANDARD =
      new CustodyLimits(2048, 64, 4096, 2L << 30, 512L << 20);

  /** Why there is no room for a record of a name that is not held; empty when there is. */
  Optional<String> refusal(Collection<Holding> held, CustodyRecord next) {
    return switch (next) {
      case CustodyRecord.Ended _ ->
          full("ends of proposals", held.stream().filter(CustodyLimits::isEnd).count(), ends);
      case CustodyRecord.Kept kept ->
          full("open proposals", held.stream().filter(one -> !isEnd(one)).count(), proposals)
              .or(
                  () ->
                      full(
                          "open proposals of workspace " + kept.workspaceUid(),
                          held.stream().filter(one -> isOf(kept.workspaceUid(), one)).count(),
                          proposalsOfWorkspace))
              .or(() -> full("bytes of objects", total(held, ""), bytes))
              .or(
                  () ->
                      full(
                          "bytes of objects of workspace " + kept.workspaceUid(),
                          total(held, kept.workspaceUid()),
                          bytesOfWorkspace));
    };
  }

  /** How many bytes the objects of one more proposal of the workspace may have. */
  long bytesLeft(Collection<Holding> held, String workspaceUid) {
    return Math.min(bytes - total(held, ""), bytesOfWorkspace - total(held, workspaceUid));
  }

  private static Optional<String> full(String what, long held, long most) {
    return held < most
        ? Optional.empty()
        : Optional.of("this validator keeps %d %s, at most %d".formatted(held, what, most));
  }

  private static boolean isEnd(Holding holding) {
    return holding.record() instanceof CustodyRecord.Ended;
  }

  private static boolean isOf(String workspaceUid, Holding holding) {
    return !isEnd(holding) && holding.record().workspaceUid().equals(workspaceUid);
  }

  /** Of one workspace; of all when it is empty. */
  private static long total(Collection<Holding> held, String workspaceUid) {
    return held.stream()
        .filter(one -> workspaceUid.isEmpty() || isOf(workspaceUid, one))
        .mapToLong(Holding::bytes)
        .sum();
  }
}
