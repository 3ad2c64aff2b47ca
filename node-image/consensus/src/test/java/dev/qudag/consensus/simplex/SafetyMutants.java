package dev.qudag.consensus.simplex;

import java.util.List;
import java.util.stream.Stream;

/** What a member must not say, believe or vote for, each rule with its removal. */
final class SafetyMutants {
  /** What a member may say in its own name, and how it remembers. */
  private static final List<Mutant> SIGNING =
      List.of(
          new Mutant(
              "nothing is notarized twice in a view",
              "view.OwnVotes",
              "return notarized.isEmpty();",
              "return true;"),
          new Mutant(
              "who gave a view up does not finalize it",
              "view.OwnVotes",
              "return finalized.isEmpty() && nullified.isEmpty();",
              "return finalized.isEmpty();"),
          new Mutant(
              "who finalized a view does not give it up",
              "view.OwnVotes",
              "return nullified.isEmpty() && finalized.isEmpty();",
              "return nullified.isEmpty();"),
          new Mutant(
              "a block of a leader that said two things is not finalized",
              "Voter",
              ".filter(round -> round.own().mayFinalize() && !round.isEquivocal())",
              ".filter(round -> round.own().mayFinalize())"),
          new Mutant(
              "a vote is persisted before it is sent",
              "Voter",
              "out.accept(new Effect.Persist(new SignRecord.Voted(vote)));",
              ""),
          new Mutant(
              "a proposal is persisted before it is sent",
              "Voter",
              """
            out.accept(new Effect.Persist(new SignRecord.Held(proposal)));
                out.accept(new Effect.Broadcast(proposal));""",
              "out.accept(new Effect.Broadcast(proposal));"),
          new Mutant(
              "a vote is on the disk, not only on its way there, before it is sent",
              "message.SignRecord",
              """
            return vote.ballot().view();
                }

                @Override
                public boolean precedesSending() {
                  return true;""",
              """
            return vote.ballot().view();
                }

                @Override
                public boolean precedesSending() {
                  return false;"""),
          new Mutant(
              "what was signed before a crash is known after it",
              "Simplex",
              "knowledge.rounds().at(vote.ballot().view()).sign(vote);",
              ""));

  /** What a member takes for a fact. */
  private static final List<Mutant> BELIEVING =
      List.of(
          new Mutant(
              "a quorum weighs more than two thirds",
              "member.ValidatorSet",
              "return 2 * totalWeight() / 3 + 1;",
              "return totalWeight() / 2;"),
          new Mutant(
              "a quorum is counted by n, not by f",
              "member.ValidatorSet",
              "return 2 * totalWeight() / 3 + 1;",
              "return 2 * ((totalWeight() - 1) / 3) + 1;"),
          new Mutant(
              "a certificate has the weight of a quorum",
              "message.Certificate",
              " || !set.isQuorum(indices)",
              ""),
          new Mutant(
              "every signature of a certificate is good",
              "message.Certificate",
              "if (!set.verify(indices.get(i), message, signatures.get(i))) {",
              "if (signatures.get(i).size() == 0) {"),
          new Mutant(
              "a signer counts for one block in a view",
              "view.Tally",
              "if (bySigner.putIfAbsent(vote.signer(), vote) != null) {",
              "bySigner.put(vote.signer(), vote);\n    if (false) {"),
          new Mutant(
              "a vote is signed by whom it says",
              "Knowledge",
              "if (!needed || !vote.isSignedBy(config.set())) {",
              "if (!needed) {"),
          new Mutant(
              "what is said in another chain or epoch counts for nothing",
              "Knowledge",
              "return ballot.chainId().equals(config.chainId()) && ballot.epoch() == config.epoch();",
              "return true;"),
          new Mutant(
              "votes far ahead are not kept",
              "Knowledge",
              " && view <= currentView + VIEWS_AHEAD",
              ""),
          new Mutant(
              "only the leader of a view proposes in it",
              "Knowledge",
              "\n        && vote.signer() == config.set().leader(header.view())",
              ""),
          new Mutant(
              "a proposal is signed by whom it says",
              "Knowledge",
              "if (proposal.vote().isSignedBy(config.set()) && tree",
              "if (tree"),
          new Mutant(
              "a body is the one that its header commits to",
              "Knowledge",
              " && tree.isWhole(proposal.block())",
              ""),
          new Mutant(
              "a block to catch up with is proven final",
              "Simplex",
              "if (follows && finality.isValid(config.set())) {",
              "if (follows) {"),
          new Mutant("the headers of a finality link", "message.Finality", "&& isLinked()", ""));

  /** What a member votes for. */
  private static final List<Mutant> JUDGING =
      List.of(
          new Mutant(
              "a block builds on a notarized parent", "Judge", "(isTip || isNotarized)", "true"),
          new Mutant(
              "a block skips nullified views only",
              "Judge",
              "\n        || !skipsOnlyNullified(parent.get().view(), header.view())",
              ""),
          new Mutant(
              "a block stands one higher than its parent",
              "Judge",
              "\n        && header.height() == parent.height() + 1",
              ""),
          new Mutant(
              "a payload is valid on what its block builds on",
              "Judge",
              "return valid ? Verdict.ACCEPT : Verdict.REFUSE;",
              "return Verdict.ACCEPT;"));

  private SafetyMutants() {}

  static Stream<Mutant> all() {
    return Stream.of(SIGNING, BELIEVING, JUDGING).flatMap(List::stream);
  }
}
