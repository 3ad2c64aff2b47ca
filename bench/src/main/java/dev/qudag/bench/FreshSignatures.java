package dev.qudag.bench;

import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Good signatures over one message, in a round so long that the key which verifies them remembers
 * none of them when it comes again.
 */
final class FreshSignatures {
  private final List<Bytes> round;
  private final AtomicInteger turn = new AtomicInteger();

  FreshSignatures(SigningKey key, byte[] message) {
    round = Stream.generate(() -> key.sign(message)).limit(2L * VerifyingKey.REMEMBERED).toList();
  }

  Bytes next() {
    return round.get(Math.floorMod(turn.getAndIncrement(), round.size()));
  }
}
