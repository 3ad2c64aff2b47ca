package dev.qudag.operator.proposal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Checks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MergeQueueDependencyTest {
  private static final String HEAD = "head";

  @Test
  void whatDependsIsBuiltOnWhatItDependsOn() {
    var a = built(HEAD, "a", Checks.RUNNING);

    assertThat(steps(entry("a").with(a), entry("b", "a")))
        .containsEntry("b", new Step.Build("commit a", List.of("b"), 0));
  }

  @Test
  void whatDependsWaitsForWhatFailedOnASpeculation() {
    var a = built(HEAD, "a", Checks.RUNNING);
    var b = built("commit a", "b", Checks.FAILED);

    assertThat(steps(entry("a").with(a), entry("b").with(b), entry("c", "b"), entry("d")))
        .containsEntry("c", new Step.Wait("b"))
        .containsEntry("d", new Step.Build("commit a", List.of("d"), 0));
  }

  @Test
  void whatDependsOnSomethingUnknownWaitsForItAndHoldsUpNobody() {
    assertThat(steps(entry("a", "unborn"), entry("b")))
        .containsEntry("a", new Step.Wait("unborn"))
        .containsEntry("b", new Step.Build(HEAD, List.of("b"), 0));
  }

  @Test
  void whatDependsOnSomethingLandedWaitsForNothing() {
    var branch = new Branch(HEAD, Set.of(), Set.of("a"), Set.of());

    assertThat(steps(branch, 0, entry("b", "a")))
        .containsEntry("b", new Step.Build(HEAD, List.of("b"), 0));
  }

  @Test
  void whatDependsOnSomethingLostIsAnOrphan() {
    var branch = new Branch(HEAD, Set.of(), Set.of(), Set.of("a"));

    assertThat(steps(branch, 0, entry("b", "a"))).containsEntry("b", new Step.Orphaned("a"));
  }

  @Test
  void aCycleIsNamedAndHoldsUpOnlyWhatDependsOnIt() {
    assertThat(
            steps(entry("a", "c"), entry("b", "a"), entry("c", "b"), entry("d", "a"), entry("e")))
        .containsEntry("a", new Step.Deadlocked(List.of("a", "c", "b", "a")))
        .containsEntry("b", new Step.Deadlocked(List.of("b", "a", "c", "b")))
        .containsEntry("c", new Step.Deadlocked(List.of("c", "b", "a", "c")))
        .containsEntry("d", new Step.Wait("a"))
        .containsEntry("e", new Step.Build(HEAD, List.of("e"), 0));
  }

  @Test
  void whoDependsOnItselfIsACycleOfOne() {
    assertThat(steps(entry("a", "a"))).containsEntry("a", new Step.Deadlocked(List.of("a", "a")));
  }

  @Test
  void whatIsFrozenIsCheckedAndHeld() {
    var a = built(HEAD, "a", Checks.PASSED);

    assertThat(steps(Branch.at(HEAD), 1, entry("a").with(a), entry("b")))
        .containsEntry("a", new Step.Hold(1))
        .containsEntry("b", new Step.Build("commit a", List.of("b"), 0));
  }

  @Test
  void whatIsUrgentEnoughLandsInAFreeze() {
    var urgent = Entry.accepted("u", 0, 5, Set.of()).with(built(HEAD, "u", Checks.PASSED));

    assertThat(steps(Branch.at(HEAD), 5, entry("a"), urgent))
        .containsEntry("u", new Step.Decide((Built) urgent.attempt().orElseThrow(), List.of("u")));
  }

  private static Map<String, Step> steps(Entry... entries) {
    return steps(Branch.at(HEAD), 0, entries);
  }

  private static Map<String, Step> steps(Branch branch, int freezeBelow, Entry... entries) {
    Map<String, Step> steps = new java.util.LinkedHashMap<>();
    new MergeQueue(branch, new QueueSettings(4, 1, freezeBelow), List.of(entries))
        .plan()
        .forEach((name, place) -> steps.put(name, place.step()));
    return steps;
  }

  private static Entry entry(String name, String... dependsOn) {
    return Entry.accepted(name, 0, 0, Set.of(dependsOn));
  }

  private static Built built(String base, String name, Checks checks) {
    return new Built(base, List.of(name), "tree " + name, "commit " + name, checks);
  }
}
