package dev.qudag.operator.proposal.queue.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Every commit that was ever built: what it adds to what. The same on the same is the same. */
final class Commits {
  static final String ROOT = "root";

  private record Commit(String base, List<String> members) {}

  private final Map<Commit, String> ids = new HashMap<>();
  private final Map<String, Commit> commits = new HashMap<>();

  /** Without members it is the base itself. */
  String of(String base, List<String> members) {
    if (members.isEmpty()) {
      return base;
    }
    var commit = new Commit(base, List.copyOf(members));
    String id = ids.computeIfAbsent(commit, _ -> "k" + ids.size());
    commits.putIfAbsent(id, commit);
    return id;
  }

  /** What a commit adds to the last one before it that is on the branch. */
  List<String> added(String commit, Predicate<String> isOnBranch) {
    List<String> added = new ArrayList<>();
    for (String at = commit; !isOnBranch.test(at); at = commits.get(at).base()) {
      added.addAll(commits.get(at).members());
    }
    return added;
  }
}
