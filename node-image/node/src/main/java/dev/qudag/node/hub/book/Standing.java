package dev.qudag.node.hub.book;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;

/**
 * How a proposal stands.
 *
 * <pre>
 *             decided               final on the chain
 *   Open -------------> Deciding ----------------------> Landed
 *    |                  |  ^   |                            ^
 *    |      head moved  |  |   | rejected, withdrawn        | final all the same
 *    |                  v  |   v                            |
 *    |                 Stale --+--> Closed -----------------+
 *    +------------------------------^
 * </pre>
 *
 * <p>Landed is for ever. Closed is a tombstone: only the chain overrules it, for a decision that
 * was under way when the proposal was closed; and a person who orders the same revert anew, which
 * is Open then.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(Standing.Open.class),
  @JsonSubTypes.Type(Standing.Deciding.class),
  @JsonSubTypes.Type(Standing.Stale.class),
  @JsonSubTypes.Type(Standing.Landed.class),
  @JsonSubTypes.Type(Standing.Closed.class)
})
public sealed interface Standing {
  /** Accepted, not decided. */
  record Open() implements Standing {}

  /**
   * With the validators. {@code commit} is the exact commit that the branch would move to from
   * {@code base}: where several land together, that of the last of them.
   */
  record Deciding(Digest decision, ObjectId commit, ObjectId base, long decidedAtMillis)
      implements Standing {
    Deciding since(long millis) {
      return new Deciding(decision, commit, base, millis);
    }
  }

  /**
   * Its decision can no longer land, because the branch has another head, or another policy or
   * engine is in force: it must be decided anew.
   */
  record Stale(Deciding was) implements Standing {}

  /** On the branch, by the block at {@code height} of the chain. */
  record Landed(Deciding was, Digest certificate, long height, int approvals, long landedAtMillis)
      implements Standing {}

  /** Ended without landing; {@code feedback} is JSON for the agent, or empty. */
  record Closed(String reason, String message, Bytes feedback) implements Standing {}

  /** Whether the proposal may still be decided. */
  default boolean isPending() {
    return switch (this) {
      case Open _, Stale _ -> true;
      case Deciding _, Landed _, Closed _ -> false;
    };
  }

  /** Whether nothing more is expected of the proposal. */
  default boolean isEnd() {
    return switch (this) {
      case Landed _, Closed _ -> true;
      case Open _, Stale _, Deciding _ -> false;
    };
  }
}
