package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Progress;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.consensus.simplex.message.Wanted;
import java.util.List;

/** Gives up every view as soon as it hears of it, and says nothing in its favour. */
final class Nuller implements Conduct {
  private final int self;

  Nuller(int self) {
    this.self = self;
  }

  @Override
  public List<Message> instead(Message said) {
    return switch (said) {
      case Proposal proposal -> List.of(nullify(proposal.vote().ballot()));
      case Vote vote -> List.of(nullify(vote.ballot()));
      case Certificate certificate -> List.of(certificate);
      case Wanted wanted -> List.of(wanted);
      case Progress progress -> List.of(progress);
    };
  }

  @Override
  public List<Message> upon(Message received) {
    return received instanceof Proposal proposal
        ? List.of(nullify(proposal.vote().ballot()))
        : List.of();
  }

  private Vote nullify(Ballot ballot) {
    return TestingKeys.vote(Ballot.nullify(ballot.chainId(), ballot.epoch(), ballot.view()), self);
  }
}
