package dev.qudag.operator.proposal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Checks;
import dev.qudag.operator.proposal.queue.Attempt.Unmergeable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MergeQueueTest {
  private static final String HEAD = "head";

  @Test
  void theFirstIsBuiltOnTheHeadAndTheRestWaitsForIt() {
    assertThat(steps(4, entry("b", 1), entry("a", 1), entry("c", 0)))
        .containsExactly(new Step.Build(HEAD), new Step.Wait("c"), new Step.Wait("c"));
  }

  @Test
  void theSecondIsBuiltOnWhatTheFirstWouldMakeOfTheHead() {
    var a = built(HEAD, "a", Checks.RUNNING);

    assertThat(steps(4, entry("a", 0, a), entry("b", 1)))
        .containsExactly(new Step.AwaitChecks(a), new Step.Build("commit a"));
  }

  @Test
  void onlyWhatPassedOnTheHeadIsDecided() {
    var a = built(HEAD, "a", Checks.PASSED);
    var b = built("commit a", "b", Checks.PASSED);

    assertThat(steps(4, entry("a", 0, a), entry("b", 1, b)))
        .containsExactly(new Step.Decide(a), new Step.Wait("a"));
    assertThat(new MergeQueue("commit a", 4, List.of(entry("b", 1, b))).plan().get("b").step())
        .as("once a has landed")
        .isEqualTo(new Step.Decide(b));
  }

  @Test
  void whatPassedOnAnotherHeadIsBuiltAnew() {
    assertThat(steps(4, entry("a", 0, built("old", "a", Checks.PASSED))))
        .containsExactly(new Step.Build(HEAD));
  }

  @Test
  void aFailureOnTheHeadEjectsAndThoseBehindAreBuiltWithoutIt() {
    var a = built(HEAD, "a", Checks.FAILED);
    var b = built("commit a", "b", Checks.FAILED);

    assertThat(steps(4, entry("a", 0, a), entry("b", 1, b)))
        .containsExactly(new Step.Eject(a), new Step.Build(HEAD));
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
            new Step.Build("commit a"));
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
        .containsExactly(new Step.AwaitChecks(a), new Step.Decide(b));
  }

  @Test
  void whatIsBeingDecidedIsTheBaseOfAllOthers() {
    var b = built(HEAD, "b", Checks.PASSED);
    var deciding =
        new Entry("b", 1, Optional.of(b), Optional.of(new Entry.Decision(HEAD, "commit b")));

    assertThat(steps(4, entry("a", 0, built(HEAD, "a", Checks.PASSED)), deciding, entry("c", 2)))
        .containsExactly(new Step.Build("commit b"), new Step.AwaitDecision(), new Step.Wait("a"));
  }

  @Test
  void aDecisionOnAnOldHeadHoldsUpNobody() {
    var stale =
        new Entry("a", 0, Optional.empty(), Optional.of(new Entry.Decision("old", "commit a")));

    assertThat(steps(4, stale, entry("b", 1)))
        .containsExactly(new Step.AwaitDecision(), new Step.Build(HEAD));
  }

  @Test
  void theWindowLimitsHowManyAreChecked() {
    var a = built(HEAD, "a", Checks.RUNNING);
    var b = built("commit a", "b", Checks.RUNNING);

    assertThat(steps(2, entry("a", 0, a), entry("b", 1, b), entry("c", 2)))
        .containsExactly(new Step.AwaitChecks(a), new Step.AwaitChecks(b), new Step.Wait("b"));
    assertThat(steps(1, entry("a", 0, a), entry("b", 1)))
        .containsExactly(new Step.AwaitChecks(a), new Step.Wait("a"));
    assertThatThrownBy(() -> new MergeQueue(HEAD, 0, List.of())).hasMessageContaining("not 0");
  }

  @Test
  void theWindowLimitsHowManyChecksAreTriedInVain() {
    var a = built(HEAD, "a", Checks.BLOCKED);

    assertThat(steps(1, entry("a", 0, a), entry("b", 1)))
        .containsExactly(new Step.AwaitChecks(a), new Step.Wait(""));
  }

  @Test
  void positionsCountFromOne() {
    var plan = new MergeQueue(HEAD, 4, List.of(entry("b", 5), entry("a", 5), entry("c", 4))).plan();

    assertThat(plan.keySet()).containsExactly("c", "a", "b");
    assertThat(plan.values()).extracting(MergeQueue.Place::position).containsExactly(1, 2, 3);
  }

  private static List<Step> steps(int window, Entry... entries) {
    return new MergeQueue(HEAD, window, List.of(entries))
        .plan().values().stream().map(MergeQueue.Place::step).toList();
  }

  private static Entry entry(String name, long at) {
    return new Entry(name, at, Optional.empty(), Optional.empty());
  }

  private static Entry entry(String name, long at, Attempt attempt) {
    return new Entry(name, at, Optional.of(attempt), Optional.empty());
  }

  private static Built built(String base, String name, Checks checks) {
    return new Built(base, "tree " + name, "commit " + name, checks);
  }
}
