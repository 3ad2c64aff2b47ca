package dev.qudag.node.validator;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.simplex.epoch.Ready;
import dev.qudag.proto.EpochReady;
import dev.qudag.proto.PeerFrame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Who says to be ready for an epoch: this validator, and of each peer its last word, which is not
 * verified here. A word that is no answer is answered with the own one, if that is of the same
 * epoch or a later one.
 */
final class Readiness {
  private static final long TELL_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PeerLinks links;

  /** By the index of the peer, on epochs to come. */
  private final Map<Integer, Ready> words = new ConcurrentHashMap<>();

  /** When a peer was told last that the epoch it speaks in is over, nanoseconds. */
  private final Map<Integer, Long> toldAt = new ConcurrentHashMap<>();

  private volatile Optional<Ready> own = Optional.empty();

  Readiness(PeerLinks links) {
    this.links = links;
  }

  /** What this validator says from now on. */
  void say(Ready word) {
    own = Optional.of(word);
  }

  /** It is not in the set, and says nothing from now on. */
  void saysNothing() {
    own = Optional.empty();
  }

  /** Tells all that this validator is ready, and asks whether they are. */
  void tellAll() {
    own.ifPresent(word -> links.broadcast(frame(word, false)));
  }

  /** The same to one. */
  void tell(int index) {
    own.ifPresent(word -> links.send(index, frame(word, false)));
  }

  /** Tells a peer, now and then, that the epoch it speaks in is over. */
  void tellWhoIsBehind(int index) {
    long now = System.nanoTime();
    Long last = toldAt.get(index);
    if (last == null || now - last >= TELL_AGAIN_NANOS) {
      toldAt.put(index, now);
      own.ifPresent(word -> links.send(index, frame(word, true)));
    }
  }

  /**
   * Takes a peer's word, and answers it.
   *
   * @param epoch the one that this validator is in
   * @return whether the peer is ready for a later one
   * @throws dev.qudag.crypto.encoding.MalformedEncodingException when it is no word
   */
  boolean take(int index, EpochReady said, long epoch) {
    Ready word = Ready.decode(said.getReady().toByteArray());
    if (word.epoch() > epoch) {
      words.put(index, word);
      return true;
    }
    if (!said.getAnswer()) {
      own.ifPresent(mine -> links.send(index, frame(mine, true)));
    }
    return false;
  }

  /** All that is known, the own one first. */
  List<Ready> words() {
    return Stream.concat(own.stream(), words.values().stream()).toList();
  }

  /** Whether a peer says to be ready for a later epoch than this. */
  boolean isAnybodyBeyond(long epoch) {
    return words.values().stream().anyMatch(word -> word.epoch() > epoch);
  }

  /** An epoch has begun: who is ready for it or one before is of no use any more. */
  void forgetUpTo(long epoch) {
    words.values().removeIf(word -> word.epoch() <= epoch);
  }

  private static PeerFrame frame(Ready word, boolean answer) {
    return PeerFrame.newBuilder()
        .setReady(
            EpochReady.newBuilder().setReady(ByteString.copyFrom(word.encode())).setAnswer(answer))
        .build();
  }
}
