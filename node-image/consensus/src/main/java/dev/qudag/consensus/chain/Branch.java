package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where one branch stands, and how it came there as far as that can still be taken back.
 *
 * <pre>
 *   head a -- land 1 --&gt; b -- land 2 --&gt; c        moves: 1 from a, 2 from b
 *        ^                               |
 *        +--------- void 1 --------------+        voided: 1 and 2, made for a and b
 *        |
 *        +--------- adopt u ---&gt; u                nothing to take back, nothing that was voided
 * </pre>
 *
 * <p>A decision that was voided is not ordered again, though the branch stands where it was made
 * for: it is remembered for as long as the branch can stand there. Its commit may come again, by an
 * adoption or another decision. A commit names its ancestors, so a branch that moved on by {@link
 * #adopt} comes back to none of them.
 *
 * @param head 40 hexadecimal digits
 * @param moves oldest first, at most {@link #MAX_MOVES}
 * @param voided in the order in which it was voided, at most {@link #MAX_VOIDED}
 */
public record Branch(String head, List<Move> moves, List<Voided> voided) {
  /** So many landings back, a decision can be voided. */
  public static final int MAX_MOVES = 64;

  /** So many voided decisions are remembered; more need an adoption first. */
  public static final int MAX_VOIDED = 256;

  /** A decision that moved the branch from {@code base}. */
  public record Move(Digest decision, String base) {
    public Move {
      Fields.objectId("base", base);
    }
  }

  /** A decision that was voided; it was made for {@code base}. */
  public record Voided(Digest decision, String base) {
    public Voided {
      Fields.objectId("base", base);
    }
  }

  public Branch {
    Fields.objectId("head", head);
    moves = List.copyOf(moves);
    voided = List.copyOf(voided);
    Fields.require(
        moves.size() <= MAX_MOVES && voided.size() <= MAX_VOIDED,
        "branch",
        moves.size() + " moves, " + voided.size() + " voided",
        "at most " + MAX_MOVES + " and " + MAX_VOIDED);
  }

  /** A branch that nothing has moved yet. */
  static Branch at(String head) {
    return new Branch(head, List.of(), List.of());
  }

  /** After a decision landed on the head. */
  Branch land(LandingDecision decision) {
    List<Move> next = new ArrayList<>(moves);
    next.add(new Move(decision.digest(), head));
    List<Move> kept = next.subList(Math.max(0, next.size() - MAX_MOVES), next.size());
    return new Branch(decision.commit(), kept, reachable(voided, decision.commit(), kept));
  }

  /** After the branch was fast-forwarded to what upstream has. */
  Branch adopt(String commit) {
    return at(commit);
  }

  /**
   * After a decision, and all that landed on it, was taken back; empty when it is not among the
   * moves or there is no room to remember it.
   */
  Optional<Branch> takeBack(Digest decision) {
    for (int i = 0; i < moves.size(); i++) {
      if (moves.get(i).decision().equals(decision)) {
        return takeBackFrom(i);
      }
    }
    return Optional.empty();
  }

  private Optional<Branch> takeBackFrom(int first) {
    List<Move> kept = moves.subList(0, first);
    String base = moves.get(first).base();
    List<Voided> taken = new ArrayList<>(voided);
    moves
        .subList(first, moves.size())
        .forEach(move -> taken.add(new Voided(move.decision(), move.base())));
    List<Voided> remembered = reachable(taken, base, kept);
    return remembered.size() <= MAX_VOIDED
        ? Optional.of(new Branch(base, kept, remembered))
        : Optional.empty();
  }

  boolean isVoided(Digest decision) {
    return voided.stream().anyMatch(taken -> taken.decision().equals(decision));
  }

  /** Those that were made for a commit where the branch stands or can be taken back to. */
  private static List<Voided> reachable(List<Voided> voided, String head, List<Move> moves) {
    Set<String> commits = new LinkedHashSet<>();
    commits.add(head);
    moves.forEach(move -> commits.add(move.base()));
    return voided.stream().filter(taken -> commits.contains(taken.base())).toList();
  }

  void writeTo(CanonicalWriter out) {
    out.text(head)
        .list(moves, (o, move) -> o.digest(move.decision()).text(move.base()))
        .list(voided, (o, taken) -> o.digest(taken.decision()).text(taken.base()));
  }

  static Branch readFrom(CanonicalReader in) {
    return new Branch(
        in.text(),
        in.list(item -> new Move(item.digest(), item.text())),
        in.list(item -> new Voided(item.digest(), item.text())));
  }
}
