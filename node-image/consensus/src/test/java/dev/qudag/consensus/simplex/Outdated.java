package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Progress;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.consensus.simplex.message.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Says again what others really signed, out of its time: messages of old views, and a quorum's
 * votes of the epoch before, in which there was a view of that number too.
 */
final class Outdated implements Conduct {
  private static final int MEMORY = 500;
  private static final int ONE_IN = 8;

  private final ValidatorSet set;
  private final RandomGenerator random;
  private final List<Message> seen = new ArrayList<>();

  Outdated(ValidatorSet set, RandomGenerator random) {
    this.set = set;
    this.random = random;
  }

  @Override
  public List<Message> upon(Message received) {
    if (seen.size() < MEMORY && !(received instanceof Wanted) && !(received instanceof Progress)) {
      seen.add(received);
    }
    if (seen.isEmpty() || random.nextInt(ONE_IN) > 0) {
      return List.of();
    }
    return received instanceof Vote vote && vote.ballot().epoch() > 0
        ? fromEpochBefore(vote.ballot())
        : List.of(seen.get(random.nextInt(seen.size())));
  }

  private List<Message> fromEpochBefore(Ballot ballot) {
    Ballot old =
        new Ballot(
            ballot.kind(), ballot.chainId(), ballot.epoch() - 1, ballot.view(), ballot.block());
    return IntStream.range(0, set.size())
        .<Message>mapToObj(signer -> TestingKeys.vote(old, signer))
        .toList();
  }
}
