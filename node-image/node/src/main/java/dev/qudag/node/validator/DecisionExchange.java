package dev.qudag.node.validator;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import dev.qudag.node.validator.pool.Bringer;
import dev.qudag.node.validator.pool.DecisionPool;
import dev.qudag.proto.DecisionsHeld;
import dev.qudag.proto.DecisionsWanted;
import dev.qudag.proto.PeerFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Tells a validator, whose stream is new, which decisions it may have missed, and hands over what
 * it asks for: a page of digests at a time, so that a greeting costs neither side more than a page.
 *
 * <pre>
 *   stream opens --held: first page of digests--> the other --wanted: what it lacks of them--> these decisions, held: next page
 *                --wanted: nothing yet----------> the other --held: its first page--> ...      (until there is no next page)
 * </pre>
 *
 * <p>Both ways at once, because an answer needs a stream of the other's own, which may open later.
 * Nothing is remembered between two messages: whoever lies in one is told less, or more often.
 */
final class DecisionExchange {
  /** Digests on a page, and so decisions that can be asked for at once. */
  static final int MOST_ON_PAGE = 64;

  /** After so many bytes of decisions the rest of a page is offered again. */
  private static final int MOST_BYTES_AT_ONCE = 1 << 20;

  private final DecisionPool pool;
  private final int self;

  /**
   * @param self index of this validator
   */
  DecisionExchange(DecisionPool pool, int self) {
    this.pool = pool;
    this.self = self;
  }

  /** What a validator is told over a new stream. */
  List<PeerFrame> greeting() {
    List<PeerFrame> frames = new ArrayList<>();
    frames.add(wanted(List.of(), ByteString.EMPTY));
    page(pool.vouchedFor(self)).ifPresent(frames::add);
    return frames;
  }

  /**
   * Asks for what is not known of a page, as far as there is room for more of that validator; also
   * when all of it is known, for the next page.
   *
   * @throws MalformedEncodingException when it is no page
   */
  Optional<PeerFrame> answer(int peer, DecisionsHeld held) {
    List<Digest> page = digests(held.getDigestsList());
    int room = pool.room(new Bringer.Validator(peer));
    if (page.isEmpty() || room == 0) {
      return Optional.empty();
    }
    List<Digest> missing = page.stream().filter(digest -> !pool.knows(digest)).limit(room).toList();
    return Optional.of(wanted(missing, bytes(page.getLast())));
  }

  /**
   * The decisions that are asked for, and the next page.
   *
   * @throws MalformedEncodingException when more are asked for than a page has
   */
  List<PeerFrame> answer(DecisionsWanted wanted) {
    NavigableMap<Digest, Decision> vouched = pool.vouchedFor(self);
    List<PeerFrame> frames = new ArrayList<>();
    Optional<Digest> after =
        wanted.getAfter().isEmpty() ? Optional.empty() : Optional.of(digest(wanted.getAfter()));
    long size = 0;
    for (Digest digest : digests(wanted.getDigestsList())) {
      Decision decision = vouched.get(digest);
      if (decision != null && size < MOST_BYTES_AT_ONCE) {
        PeerFrame frame = frame(decision);
        size += frame.getSerializedSize();
        frames.add(frame);
        if (size >= MOST_BYTES_AT_ONCE) {
          after = Optional.of(digest);
        }
      }
    }
    page(after.map(last -> vouched.tailMap(last, false)).orElse(vouched)).ifPresent(frames::add);
    return frames;
  }

  static PeerFrame frame(Decision decision) {
    return PeerFrame.newBuilder().setDecision(ByteString.copyFrom(decision.encode())).build();
  }

  private static Optional<PeerFrame> page(NavigableMap<Digest, Decision> left) {
    if (left.isEmpty()) {
      return Optional.empty();
    }
    var held = DecisionsHeld.newBuilder();
    left.keySet().stream().limit(MOST_ON_PAGE).forEach(digest -> held.addDigests(bytes(digest)));
    return Optional.of(PeerFrame.newBuilder().setDecisionsHeld(held).build());
  }

  private static PeerFrame wanted(List<Digest> missing, ByteString after) {
    var wanted = DecisionsWanted.newBuilder().setAfter(after);
    missing.forEach(digest -> wanted.addDigests(bytes(digest)));
    return PeerFrame.newBuilder().setDecisionsWanted(wanted).build();
  }

  private static List<Digest> digests(List<ByteString> encoded) {
    if (encoded.size() > MOST_ON_PAGE) {
      throw new MalformedEncodingException(
          encoded.size() + " digests of decisions, at most " + MOST_ON_PAGE + " are a page");
    }
    return encoded.stream().map(DecisionExchange::digest).toList();
  }

  private static Digest digest(ByteString encoded) {
    if (encoded.size() != Digest.SIZE) {
      throw new MalformedEncodingException(
          "a digest of " + encoded.size() + " bytes, expected " + Digest.SIZE);
    }
    return Digest.of(encoded.toByteArray());
  }

  private static ByteString bytes(Digest digest) {
    return ByteString.copyFrom(digest.bytes());
  }
}
