package dev.qudag.operator.proposal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Checks;
import dev.qudag.operator.proposal.queue.Attempt.Unmergeable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MergeQueueTest {
  private static final String HEAD = "head";

  @Test
  void theFirstIsBuiltOnTheHeadAndTheRestWaitsForIt() {
    assertThat(steps(4, entry("b", 1), entry("a", 1), entry("c", 0)))
        .containsExactly(build(HEAD, "c"), new Step.Wait("c"), new Step.Wait("c"));
  }

  @Test
  void theSecondIsBuiltOnWhatTheFirstWouldMakeOfTheHead() {
    var a = built(HEAD, "a", Checks.RUNNING);

    assertThat(steps(4, entry("a", 0, a), entry("b", 1)))
        .containsExactly(new Step.AwaitChecks(a), build("commit a", "b"));
  }

  @Test
  void onlyWhatPassedOnTheHeadIsDecided() {
    var a = built(HEAD, "a", Checks.PASSED);
    var b = built("commit a", "b", Checks.PASSED);

    assertThat(steps(4, entry("a", 0, a), entry("b", 1, b)))
        .containsExactly(new Step.Decide(a, List.of("a")), new Step.Wait("a"));
    assertThat(plan(Branch.at("commit a"), QueueSettings.of(4), entry("b", 1, b)).get("b").step())
        .as("once a has landed")
        .isEqualTo(new Step.Decide(b, List.of("b")));
  }

  @Test
  void whatPassedOnAnotherHeadIsBuiltAnew() {
    assertThat(steps(4, entry("a", 0, built("old", "a", Checks.PASSED))))
        .containsExactly(build(HEAD, "a"));
  }

  @Test
  void aFailureOnTheHeadEjectsAndThoseBehindAreBuiltWithoutIt() {
    var a = built(HEAD, "a", Checks.FAILED);
    var b = built("commit a", "b", Checks.FAILED);

    assertThat(steps(4, entry("a", 0, a), entry("b", 1, b)))
        .containsExactly(new Step.Eject(a), build(HEAD, "b"));
  }

  @Test
  void aFailureOnASpeculationEjectsNobody() {
    var a = built(HEAD, "a", Checks.RUNNING);
    var b = built("commit a", "b", Checks.FAILED);
    var c = new Unmergeable("commit a");

    assertThat(steps(4, entry("a", 0, a), entry("b", 1, b), entry("c", 2, c), entry("d", 3)))
        .containsExactly(
            new Step.AwaitChecks(a),
            new Step.Wait("a"),
            new Step.Wait("a"),
            build("commit a", "d"));
  }

  @Test
  void aConflictOnTheHeadEjects() {
    var a = new Unmergeable(HEAD);

    assertThat(steps(4, entry("a", 0, a))).containsExactly(new Step.Eject(a));
  }

  @Test
  void whoseChecksCannotRunIsOvertakenByATreeThatPassedOnTheHead() {
    var a = built(HEAD, "a", Checks.BLOCKED);
    var b = built(HEAD, "b", Checks.PASSED);

    assertThat(steps(4, entry("a", 0, a), entry("b", 1, b)))
        .containsExactly(new Step.AwaitChecks(a), new Step.Decide(b, List.of("b")));
  }

  @Test
  void whatIsBeingDecidedIsTheBaseOfAllOthers() {
    var b = built(HEAD, "b", Checks.PASSED);
    var deciding = entry("b", 1, b).with(Optional.of(new Entry.Decision(HEAD, "commit b")));

    assertThat(steps(4, entry("a", 0, built(HEAD, "a", Checks.PASSED)), deciding, entry("c", 2)))
        .containsExactly(build("commit b", "a"), new Step.AwaitDecision(), new Step.Wait("a"));
  }

  @Test
  void aDecisionOnAnOldHeadHoldsUpNobody() {
    var stale = entry("a", 0).with(Optional.of(new Entry.Decision("old", "commit a")));

    assertThat(steps(4, stale, entry("b", 1)))
        .containsExactly(new Step.AwaitDecision(), build(HEAD, "b"));
  }

  @Test
  void theWindowLimitsHowManyAreChecked() {
    var a = built(HEAD, "a", Checks.RUNNING);
    var b = built("commit a", "b", Checks.RUNNING);

    assertThat(steps(2, entry("a", 0, a), entry("b", 1, b), entry("c", 2)))
        .containsExactly(new Step.AwaitChecks(a), new Step.AwaitChecks(b), new Step.Wait("b"));
    assertThat(steps(1, entry("a", 0, a), entry("b", 1)))
        .containsExactly(new Step.AwaitChecks(a), new Step.Wait("a"));
    assertThatThrownBy(() -> QueueSettings.of(0)).hasMessageContaining("not 0");
  }

  @Test
  void theWindowLimitsHowManyChecksAreTriedInVain() {
    var a = built(HEAD, "a", Checks.BLOCKED);

    assertThat(steps(1, entry("a", 0, a), entry("b", 1)))
        .containsExactly(new Step.AwaitChecks(a), new Step.Wait(""));
  }

  @Test
  void positionsCountFromOne() {
    var plan =
        plan(Branch.at(HEAD), QueueSettings.of(4), entry("b", 5), entry("a", 5), entry("c", 4));

    assertThat(plan.keySet()).containsExactly("c", "a", "b");
    assertThat(plan.values()).extracting(MergeQueue.Place::position).containsExactly(1, 2, 3);
  }

  private static List<Step> steps(int window, Entry... entries) {
    return steps(QueueSettings.of(window), entries);
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

  private static Step build(String base, String... members) {
    return new Step.Build(base, List.of(members), 0);
  }

  private static Entry entry(String name, long at) {
    return Entry.accepted(name, at, 0, Set.of());
  }

  private static Entry entry(String name, long at, Attempt attempt) {
    return entry(name, at).with(attempt);
  }

  private static Built built(String base, String name, Checks checks) {
    return new Built(base, List.of(name), "tree " + name, "commit " + name, checks);
  }
}
