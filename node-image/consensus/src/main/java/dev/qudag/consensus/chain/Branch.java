package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where one branch stands, and how it came there as far as that can still be taken back.
 *
 * <pre>
 *   head a -- land 1 --&gt; b -- land 2 --&gt; c        moves: 1 from a, 2 from b
 *        ^                               |
 *        +--------- void 1 --------------+        no moves, one void more
 *        |
 *        +--------- adopt u ---&gt; u                nothing to take back, as many voids
 * </pre>
 *
 * <p><b>A decision that was taken back never lands again.</b> Each names the number of voids before
 * it, which only grows: nothing that was approved before a void has an effect after it, wherever
 * the branch stands by then. So nothing has to be remembered of what was voided.
 *
 * <p>An order to revert names the number of reverts before it, and is used up by the one that
 * lands. A void brings that number back with the head: the order was not carried out.
 *
 * @param head 40 hexadecimal digits
 * @param moves oldest first, at most {@link #MAX_MOVES}
 * @param voids number of voids so far
 * @param reverts number of reverts that landed and were not taken back
 */
public record Branch(String head, List<Move> moves, long voids, long reverts) {
  /** So many landings back, a decision can be voided. */
  public static final int MAX_MOVES = 64;

  /**
   * A decision that moved the branch.
   *
   * @param base where the branch stood before
   * @param reverts number of reverts before
   */
  public record Move(Digest decision, String base, long reverts) {
    public Move {
      Fields.objectId("base", base);
      Fields.count("reverts", reverts);
    }
  }

  public Branch {
    Fields.objectId("head", head);
    moves = List.copyOf(moves);
    Fields.require(
        moves.size() <= MAX_MOVES, "moves", Integer.toString(moves.size()), "at most " + MAX_MOVES);
    Fields.count("voids", voids);
    Fields.count("reverts", reverts);
  }

  /** A branch that nothing has moved yet. */
  static Branch at(String head) {
    return new Branch(head, List.of(), 0, 0);
  }

  /** After a decision landed on the head. */
  Branch land(LandingDecision decision) {
    List<Move> next = new ArrayList<>(moves);
    next.add(new Move(decision.digest(), head, reverts));
    List<Move> kept = next.subList(Math.max(0, next.size() - MAX_MOVES), next.size());
    long more =
        switch (decision) {
          case RevertDecision revert -> 1;
          case MergeDecision merge -> 0;
          case BatchDecision batch -> 0;
        };
    return new Branch(decision.commit(), kept, voids, reverts + more);
  }

  /** After the branch was fast-forwarded to what upstream has. */
  Branch adopt(String commit) {
    return new Branch(commit, List.of(), voids, reverts);
  }

  /**
   * After a decision, and all that landed on it, was taken back; empty when it is not among the
   * moves.
   */
  Optional<Branch> takeBack(Digest decision) {
    for (int i = 0; i < moves.size(); i++) {
      Move move = moves.get(i);
      if (move.decision().equals(decision)) {
        return Optional.of(new Branch(move.base(), moves.subList(0, i), voids + 1, move.reverts()));
      }
    }
    return Optional.empty();
  }

  /** Whether a void can bring the branch back to a commit that it has left. */
  boolean mayComeBackTo(String commit) {
    return moves.stream().anyMatch(move -> move.base().equals(commit));
  }

  void writeTo(CanonicalWriter out) {
    out.text(head)
        .list(moves, (o, move) -> o.digest(move.decision()).text(move.base()).int64(move.reverts()))
        .int64(voids)
        .int64(reverts);
  }

  static Branch readFrom(CanonicalReader in) {
    return new Branch(
        in.text(),
        in.list(item -> new Move(item.digest(), item.text(), item.int64())),
        in.int64(),
        in.int64());
  }
}
