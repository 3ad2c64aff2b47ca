package dev.qudag.node.hub.landing;

import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.main.CrashPoint;
import java.util.function.BiPredicate;

/** Gets a landing past upstream, which is the compare-and-swap, before the branch moves. */
record UpstreamGate(HubRepository repository, Upstream upstream) {
  /** Whether a landing gets through. */
  sealed interface Passage {
    /** Upstream has it: the branch follows. */
    record Open() implements Passage {}

    /** Upstream went another way: this decision does not land, nor does what was built on it. */
    record Parted() implements Passage {}

    record Closed(Obstacle why) implements Passage {}
  }

  /** Whether what did not get through would not get through now either. */
  boolean isResting() {
    return upstream.isResting();
  }

  /**
   * @param head where the hub's branch stands; not yet at the commit, nor past it
   * @param note writes the note of the commit, which a guard at the server reads
   */
  Passage pass(ObjectId head, LandingDecision decision, Runnable note) {
    var base = ObjectId.of(decision.base());
    if (!head.equals(base)) {
      boolean isBehind = repository.git().isAncestor(head, base);
      return isBehind
          ? new Passage.Parted()
          : new Passage.Open(); // the branch's own check says why
    }
    note.run();
    CrashPoint.reached("hub-before-push");
    var commit = ObjectId.of(decision.commit());
    Passage passage =
        judge(
            repository.branch().full(),
            base,
            commit,
            upstream.push(commit, base),
            repository.git()::isAncestor);
    CrashPoint.reached("hub-after-push");
    return passage;
  }

  /**
   * What it means for a landing where upstream stands after the push. Pure.
   *
   * @param isAncestor whether the second builds on the first, or is it
   */
  static Passage judge(
      String branch,
      ObjectId base,
      ObjectId commit,
      Upstream.Answer answer,
      BiPredicate<ObjectId, ObjectId> isAncestor) {
    return switch (answer) {
      case Upstream.Answer.At(ObjectId there) -> {
        if (there.equals(commit) || isAncestor.test(commit, there)) {
          yield new Passage.Open();
        }
        if (there.equals(base)) {
          yield new Passage.Closed(Obstacle.unreachable("the push had no effect"));
        }
        yield isAncestor.test(base, there)
            ? new Passage.Parted()
            : new Passage.Closed(Obstacle.rewritten(branch, base, there));
      }
      case Upstream.Answer.Gone() -> new Passage.Closed(Obstacle.gone(branch, base));
      case Upstream.Answer.Refused(String words) -> new Passage.Closed(Obstacle.refused(words));
      case Upstream.Answer.Unfit(String why) -> new Passage.Closed(Obstacle.unfit(why));
      case Upstream.Answer.Unreachable(String why) -> new Passage.Closed(Obstacle.unreachable(why));
    };
  }
}
