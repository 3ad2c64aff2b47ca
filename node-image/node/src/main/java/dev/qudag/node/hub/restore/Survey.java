package dev.qudag.node.hub.restore;

import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the validators answered when they were asked how far the chain is, and what follows from it.
 * Pure.
 *
 * <p>Of validators with a weight above that of the faulty ones, at least one is honest. So the
 * greatest height that such a weight has reached is real, and somebody honest hands its blocks out;
 * a greater one may be a lie.
 *
 * @param set of the epoch that the chain is in, as far as it has landed
 * @param answers at most one of each member; those of others weigh nothing
 */
record Survey(MemberSet set, List<Answer> answers) {
  /** One validator's answer. */
  sealed interface Answer {
    Member member();

    /** The last final block's height. */
    record Height(Member member, long height) implements Answer {}

    /** It could not be asked. */
    record Silent(Member member, String why) implements Answer {}

    /** It is of another chain. */
    record Stranger(Member member, String genesis) implements Answer {}
  }

  /** What follows. */
  sealed interface Finding {
    /** Everything up to this height is to be had. */
    record Reachable(long height) implements Finding {}

    /** Nothing can be believed yet. */
    record Refused(String why) implements Finding {}
  }

  Finding finding() {
    List<Answer.Height> heights =
        heights().stream()
            .sorted(Comparator.comparingLong(Answer.Height::height).reversed())
            .toList();
    List<Member> believed = new ArrayList<>();
    for (Answer.Height answer : heights) {
      believed.add(answer.member());
      if (oneIsHonest(believed)) {
        return new Finding.Reachable(answer.height());
      }
    }
    return new Finding.Refused(
        tooFew(believed, "answer for this chain")
            + answers.stream().map(Survey::text).collect(Collectors.joining("; ", " (", ")")));
  }

  /** Whether these are more than may be faulty. */
  boolean oneIsHonest(List<Member> members) {
    return ValidatorSets.of(set)
        .containsHonest(members.stream().map(set.members()::indexOf).toList());
  }

  /** That these are not. */
  String tooFew(List<Member> members, String whatTheyDo) {
    return "validators of weight %d %s, %d are needed to believe them"
        .formatted(
            members.stream().filter(set.members()::contains).mapToLong(Member::weight).sum(),
            whatTheyDo,
            set.totalWeight() - set.quorum() + 1);
  }

  /** Those who answered for this chain. */
  List<Answer.Height> heights() {
    return answers.stream()
        .filter(Answer.Height.class::isInstance)
        .map(Answer.Height.class::cast)
        .toList();
  }

  private static String text(Answer answer) {
    return answer.member().name()
        + switch (answer) {
          case Answer.Height height -> " is at height " + height.height();
          case Answer.Silent silent -> " does not answer: " + silent.why();
          case Answer.Stranger stranger -> " has joined another genesis, " + stranger.genesis();
        };
  }
}
