package dev.qudag.consensus.snowball.polling;

import dev.qudag.consensus.snowball.SnowballParameters;
import dev.qudag.consensus.snowball.stake.Stake;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Member 0 of ten, with all nine others in every sample: five seats change a preference, seven add
 * to confidence, three confident polls accept.
 */
final class TestingPoller {
  static final Digest SET = Digest.sha256(new byte[] {1});
  static final Digest OTHER_SET = Digest.sha256(new byte[] {2});
  static final Digest A = Digest.sha256(new byte[] {3});
  static final Digest B = Digest.sha256(new byte[] {4});
  static final int BETA = 3;
  static final List<Integer> OTHERS = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9);

  final Poller poller;

  TestingPoller(int repolls) {
    SnowballParameters rules = new SnowballParameters(9, 5, 7, BETA, repolls, 0);
    this.poller = new Poller(rules, Stake.ofEqualWeight(10), 0, new Random(1));
  }

  /** A poller that knows these choices of the one set. */
  static TestingPoller knowing(int repolls, Digest... choices) {
    TestingPoller made = new TestingPoller(repolls);
    for (Digest choice : choices) {
      made.propose(SET, choice);
    }
    return made;
  }

  static Preferences says(Digest choice) {
    return new Preferences(new TreeMap<>(Map.of(SET, choice)));
  }

  Preferences preferences() {
    return poller.preferences();
  }

  List<Effect> propose(Digest set, Digest choice) {
    return poller.apply(new Event.Proposed(set, choice)).effects();
  }

  List<Effect> close(Digest set) {
    return poller.apply(new Event.Closed(set)).effects();
  }

  List<Effect> answer(long poll, Digest choice, int... members) {
    return answer(poll, says(choice), members);
  }

  List<Effect> answer(long poll, Preferences said, int... members) {
    List<Effect> effects = new ArrayList<>();
    for (int member : members) {
      effects.addAll(poller.apply(new Event.Answered(poll, member, said)).effects());
    }
    return effects;
  }

  /** Seven members say the same. */
  List<Effect> agree(long poll, Digest choice) {
    return answer(poll, choice, 1, 2, 3, 4, 5, 6, 7);
  }

  List<Effect> unanswered(long poll, int... members) {
    List<Effect> effects = new ArrayList<>();
    for (int member : members) {
      effects.addAll(poller.apply(new Event.Unanswered(poll, member)).effects());
    }
    return effects;
  }

  static List<Long> asked(List<Effect> effects) {
    List<Long> polls = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Ask(long poll, List<Integer> members)) {
        polls.add(poll);
      }
    }
    return polls;
  }

  static List<Effect> accepted(List<Effect> effects) {
    return effects.stream().filter(Effect.Accepted.class::isInstance).toList();
  }
}
