package dev.qudag.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ancestry against its definition, on histories whose clocks say anything. */
class AncestryTest {
  private final Map<ObjectId, CommitHeader> commits = new HashMap<>();
  private final Map<ObjectId, Set<ObjectId>> reachable = new HashMap<>();
  private int looked;

  private ObjectId commit(long time, ObjectId... parents) {
    var id = ObjectId.of("%040x".formatted(commits.size() + 1));
    commits.put(id, new CommitHeader(List.of(parents), time));
    var reached = new HashSet<>(Set.of(id));
    List.of(parents).forEach(parent -> reached.addAll(reachable(parent)));
    reachable.put(id, reached);
    return id;
  }

  private Ancestry ancestry(int far) {
    return new Ancestry(
        id -> {
          looked++;
          return Optional.ofNullable(commits.get(id));
        },
        far);
  }

  private Set<ObjectId> reachable(ObjectId from) {
    return reachable.getOrDefault(from, Set.of());
  }

  /** Common ancestors that are no other's ancestors. */
  private List<ObjectId> expected(ObjectId one, ObjectId other) {
    var common = new HashSet<>(reachable(one));
    common.retainAll(reachable(other));
    return common.stream()
        .filter(id -> common.stream().noneMatch(up -> !up.equals(id) && reachable(up).contains(id)))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theAnswersFollowFromTheParentsAlone(long seed) {
    var random = new Random(seed);
    for (var histories = 0; histories < 20; histories++) {
      commits.clear();
      reachable.clear();
      var ids = new ArrayList<ObjectId>();
      for (var i = 0; i < 14; i++) {
        var parents = new HashSet<ObjectId>();
        for (var p = random.nextInt(4); p > 0 && !ids.isEmpty(); p--) {
          parents.add(ids.get(random.nextInt(ids.size())));
        }
        ids.add(commit(random.nextInt(5), parents.toArray(ObjectId[]::new)));
      }
      for (var one : ids) {
        for (var other : ids) {
          assertThat(ancestry(100).mergeBases(one, other)).hasValue(expected(one, other));
          assertThat(ancestry(100).isAncestor(one, other)).hasValue(reachable(other).contains(one));
        }
      }
    }
  }

  @Test
  void aCrissCrossHasTwoBases() {
    var root = commit(1);
    var left = commit(2, root);
    var right = commit(3, root);
    var one = commit(4, left, right);
    var other = commit(5, right, left);

    assertThat(ancestry(10).mergeBases(one, other)).hasValue(List.of(left, right));
  }

  /** A stranger may build on all proposals of others at once. */
  @Test
  void manyCommonAncestorsAreNotComparedWithEachOther() {
    var root = commit(1);
    var side = new ObjectId[40];
    Arrays.setAll(side, i -> commit(2 + i, root));
    var one = commit(50, side);
    var other = commit(51, side);

    assertThat(ancestry(100).mergeBases(one, other)).isEmpty();
    assertThat(looked).isLessThan(100);
  }

  /** The newer of two common ancestors by its clock is the older one in truth. */
  @Test
  void aClockThatIsWrongMakesNoBase() {
    var root = commit(9_000_000);
    var base = commit(1, commit(2, commit(3, root)));
    var one = commit(8_000_000, base, root);
    var other = commit(7_000_000, base, root);

    assertThat(ancestry(10).mergeBases(one, other)).hasValue(List.of(base));
  }

  @Test
  void whatIsFarIsNotWalkedTo() {
    var root = commit(0);
    var one = root;
    for (var i = 1; i < 100; i++) {
      one = commit(i, one);
    }
    var other = commit(100, root);

    assertThat(ancestry(50).mergeBases(one, other)).isEmpty();
    assertThat(looked).isLessThan(60);
    assertThat(ancestry(200).mergeBases(one, other)).hasValue(List.of(root));
  }

  /** A proposal on the head of its branch is answered without the branch's history. */
  @Test
  void whatIsNearIsNotLookedForFarAway() {
    var head = commit(0);
    for (var i = 1; i < 100; i++) {
      head = commit(i, head);
    }
    var next = commit(100, head);

    assertThat(ancestry(10).mergeBases(head, next)).hasValue(List.of(head));
    assertThat(looked).isLessThan(5);
  }

  @Test
  void whatCannotBeLookedAtHasNoAnswer() {
    var known = commit(1);
    var unknown = ObjectId.of("f".repeat(40));

    assertThat(ancestry(10).mergeBases(known, unknown)).isEmpty();
    assertThat(ancestry(10).isAncestor(unknown, known)).isEmpty();
  }
}
