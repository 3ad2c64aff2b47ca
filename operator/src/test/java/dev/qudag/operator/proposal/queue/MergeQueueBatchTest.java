package dev.qudag.operator.proposal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Checks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MergeQueueBatchTest {
  private static final String HEAD = "head";
  private static final QueueSettings PAIRS = new QueueSettings(2, 2, 0);

  @Test
  void aLongLineSharesChecks() {
    assertThat(steps(PAIRS, entry("a"), entry("b"), entry("c"), entry("d")))
        .containsExactly(
            new Step.Build(HEAD, List.of("a", "b"), 0),
            new Step.Wait("a"),
            new Step.Wait("a"),
            new Step.Wait("a"));
  }

  @Test
  void aShortLineDoesNot() {
    assertThat(steps(PAIRS, entry("a"), entry("b")))
        .containsExactly(new Step.Build(HEAD, List.of("a"), 0), new Step.Wait("a"));
  }

  @Test
  void aTreeThatPassedLandsAllThatItHolds() {
    var pair = built(HEAD, Checks.PASSED, "a", "b");

    assertThat(steps(PAIRS, entry("a").with(pair), entry("b").with(pair)))
        .containsExactly(new Step.Decide(pair, List.of("a", "b")), new Step.Wait("a"));
  }

  @Test
  void aTreeThatPassedLandsThoseBeforeItWhoseOwnTreeFailedByChance() {
    var a = built(HEAD, Checks.RETRYING, "a");
    var b = built("+a", Checks.FAILED, "b");
    var c = built("+a+b", Checks.PASSED, "c");

    assertThat(
            steps(
                new QueueSettings(4, 2, 0),
                entry("a").with(a),
                entry("b").with(b),
                entry("c").with(c)))
        .containsExactly(
            new Step.Decide(c, List.of("a", "b", "c")), new Step.Wait("a"), new Step.Wait("a"));
  }

  @Test
  void aBatchThatFailedIsHalved() {
    var batch = built(HEAD, Checks.FAILED, "a", "b");

    assertThat(steps(PAIRS, entry("a").with(batch), entry("b").with(batch)))
        .containsExactly(new Step.Split(List.of("a", "b"), 1), new Step.Wait("a"));
  }

  @Test
  void aBatchIsNotHalvedWhileWhatIsBuiltOnItMaySpeakForIt() {
    var batch = built(HEAD, Checks.FAILED, "a", "b");
    var next = built("+a+b", Checks.RUNNING, "c");

    assertThat(steps(PAIRS, entry("a").with(batch), entry("b").with(batch), entry("c").with(next)))
        .containsExactly(
            new Step.AwaitChecks(batch), new Step.Wait("a"), new Step.AwaitChecks(next));
  }

  @Test
  void whatRunsAgainIsBuiltOnUntilWhatIsBuiltOnItFails() {
    var a = built(HEAD, Checks.RETRYING, "a");
    var b = built("+a", Checks.RETRYING, "b");

    assertThat(steps(PAIRS, entry("a").with(a), entry("b")))
        .containsExactly(new Step.AwaitChecks(a), new Step.Build("+a", List.of("b"), 0));
    assertThat(steps(PAIRS, entry("a").with(a), entry("b").with(b)))
        .containsExactly(new Step.AwaitChecks(a), new Step.Build(HEAD, List.of("b"), 0));
    assertThat(steps(PAIRS, entry("a").with(a), entry("b").with(built(HEAD, Checks.RUNNING, "b"))))
        .as("without changing its mind")
        .containsExactly(
            new Step.AwaitChecks(a), new Step.AwaitChecks(built(HEAD, Checks.RUNNING, "b")));
  }

  @Test
  void halvesAreJudgedOnTheHeadAndOthersGoOnWithoutThem() {
    var a = built(HEAD, Checks.RUNNING, "a");

    assertThat(
            steps(
                new QueueSettings(4, 2, 0),
                entry("a").sharing(1).with(a),
                entry("b").sharing(1),
                entry("c")))
        .containsExactly(
            new Step.AwaitChecks(a),
            new Step.Build(HEAD, List.of("b"), 1),
            new Step.Build(HEAD, List.of("c"), 0));
  }

  @Test
  void anAcquittedHalfMakesNoRunningCheckVoid() {
    var a = built(HEAD, Checks.PASSED, "a");
    var c = built(HEAD, Checks.RUNNING, "c");

    assertThat(steps(PAIRS, entry("a").sharing(1).with(a), entry("c").with(c)))
        .containsExactly(new Step.Wait(""), new Step.AwaitChecks(c));
    assertThat(steps(PAIRS, entry("a").sharing(1).with(a)))
        .containsExactly(new Step.Decide(a, List.of("a")));
  }

  @Test
  void anAcquittedHalfThatWasOvertakenJoinsTheLineAgain() {
    var pair = built("old", Checks.PASSED, "a", "b");
    var branch = new Branch(HEAD, Set.of("old"), Set.of(), Set.of());

    assertThat(
            plan(branch, PAIRS, entry("a").sharing(2).with(pair), entry("b").sharing(2).with(pair))
                .get("a")
                .step())
        .isEqualTo(new Step.Build(HEAD, List.of("a", "b"), 0));
  }

  @Test
  void aTrialGoesOnWhenTheHeadHasMovedOn() {
    var failed = built("old", Checks.FAILED, "a");
    var retried = built("old", Checks.RETRYING, "b");
    var branch = new Branch(HEAD, Set.of("old"), Set.of(), Set.of());

    assertThat(plan(branch, PAIRS, entry("a").with(failed), entry("b").with(retried)).values())
        .extracting(MergeQueue.Place::step)
        .containsExactly(new Step.Eject(failed), new Step.AwaitChecks(retried));
  }

  @Test
  void aBatchThatLostAMemberIsBuiltAnew() {
    var pair = built(HEAD, Checks.PASSED, "a", "b");

    assertThat(steps(PAIRS, entry("a").with(pair)))
        .containsExactly(new Step.Build(HEAD, List.of("a"), 0));
  }

  @Test
  void whoStandsAloneSharesNoCheckAndIsNotOvertaken() {
    assertThat(steps(PAIRS, entry("a"), entry("b").apart(), entry("c"), entry("d")))
        .startsWith(new Step.Build(HEAD, List.of("a"), 0));
    assertThat(steps(PAIRS, entry("a").apart(), entry("b"), entry("c"), entry("d")))
        .startsWith(new Step.Build(HEAD, List.of("a"), 0));
  }

  @Test
  void whoStandsAloneLandsByADecisionOfItsOwn() {
    var a = built(HEAD, Checks.PASSED, "a");
    var b = built("+a", Checks.PASSED, "b");
    var c = built("+a+b", Checks.PASSED, "c");
    var window = new QueueSettings(4, 2, 0);

    assertThat(
            steps(window, entry("a").with(a), entry("b").apart().with(b), entry("c").with(c))
                .getFirst())
        .isEqualTo(new Step.Decide(a, List.of("a")));
    assertThat(
            steps(window, entry("a").apart().with(a), entry("b").with(b), entry("c").with(c))
                .getFirst())
        .isEqualTo(new Step.Decide(a, List.of("a")));
  }

  @Test
  void noTreeSpeaksForWhatStandsAlone() {
    var a = built(HEAD, Checks.FAILED, "a");
    var b = built("+a", Checks.PASSED, "b");

    assertThat(
            steps(new QueueSettings(4, 2, 0), entry("a").apart().with(a), entry("b").with(b))
                .getFirst())
        .isEqualTo(new Step.Eject(a));
  }

  @Test
  void aBatchOneOfWhichStandsAloneByNowIsBuiltAnew() {
    var pair = built(HEAD, Checks.PASSED, "a", "b");

    assertThat(steps(PAIRS, entry("a").apart().with(pair), entry("b").apart().with(pair)))
        .startsWith(new Step.Build(HEAD, List.of("a"), 0));
  }

  private static List<Step> steps(QueueSettings settings, Entry... entries) {
    return plan(Branch.at(HEAD), settings, entries).values().stream()
        .map(MergeQueue.Place::step)
        .toList();
  }

  private static Map<String, MergeQueue.Place> plan(
      Branch branch, QueueSettings settings, Entry... entries) {
    return new MergeQueue(branch, settings, List.of(entries)).plan();
  }

  /** In the order of their names. */
  private static Entry entry(String name) {
    return Entry.accepted(name, 0, 0, Set.of());
  }

  private static Built built(String base, Checks checks, String... members) {
    String commit = (base.startsWith("+") ? base : "") + "+" + String.join("+", members);
    return new Built(base, List.of(members), "tree " + commit, commit, checks);
  }
}
