package dev.qudag.merge.git;

import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.ObjectId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A history from a seed: branches, merges and criss-crosses by committers whose clocks are wrong,
 * over files that change, move, come and go.
 */
final class TestingRandomHistory {
  private static final int FILES = 6;
  private static final int LINES = 12;
  private static final long SKEW_SECONDS = 1_000_000;

  private final GitRepository repository;
  private final Random random;
  private final List<ObjectId> commits = new ArrayList<>();
  private final List<Map<String, List<String>>> files = new ArrayList<>();

  TestingRandomHistory(GitRepository repository, long seed) {
    this.repository = repository;
    this.random = new Random(seed);
  }

  /** So many more commits, on one, two or three of those before; few start anew. */
  TestingRandomHistory grow(int count) {
    for (var i = 0; i < count; i++) {
      var parents = new ArrayList<Integer>();
      var most = commits.isEmpty() || random.nextInt(30) == 0 ? 0 : 1 + random.nextInt(9) / 4;
      for (var p = 0; p < most; p++) {
        var recent = Math.max(0, commits.size() - 8);
        var parent = recent + random.nextInt(commits.size() - recent);
        if (!parents.contains(parent)) {
          parents.add(parent);
        }
      }
      commit(parents);
    }
    return this;
  }

  List<ObjectId> commits() {
    return List.copyOf(commits);
  }

  ObjectId any() {
    return commits.get(random.nextInt(commits.size()));
  }

  private void commit(List<Integer> parents) {
    var content = parents.isEmpty() ? initial() : copy(files.get(parents.getFirst()));
    parents.stream().skip(1).forEach(p -> content.putAll(copy(files.get(p))));
    for (var changes = 1 + random.nextInt(3); changes > 0; changes--) {
      change(content);
    }
    var bytes = new TreeMap<String, byte[]>();
    content.forEach(
        (path, lines) ->
            bytes.put(path, String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
    var time = 1_700_000_000 + random.nextLong(SKEW_SECONDS);
    var ids = parents.stream().map(commits::get).toList();
    var meta = TestingHistory.meta(time, "change " + commits.size());
    commits.add(
        repository.writeCommit(CommitBuilder.bytes(repository.writeTree(bytes), ids, meta)));
    files.add(content);
  }

  private Map<String, List<String>> initial() {
    var content = new TreeMap<String, List<String>>();
    for (var i = 0; i < FILES; i++) {
      content.put("d" + i % 2 + "/f" + i, new ArrayList<>());
      for (var line = 0; line < LINES; line++) {
        content.get("d" + i % 2 + "/f" + i).add(i + " line " + line);
      }
    }
    return content;
  }

  private static Map<String, List<String>> copy(Map<String, List<String>> content) {
    var copy = new TreeMap<String, List<String>>();
    content.forEach((path, lines) -> copy.put(path, new ArrayList<>(lines)));
    return copy;
  }

  private void change(Map<String, List<String>> content) {
    var paths = List.copyOf(content.keySet());
    var path = paths.get(random.nextInt(paths.size()));
    switch (random.nextInt(8)) {
      case 0 -> content.put("d" + random.nextInt(3) + "/new" + random.nextInt(9), lines("new"));
      case 1 -> content.put("d2/moved" + random.nextInt(9), content.remove(path));
      case 2 -> {
        if (paths.size() > 2) {
          content.remove(path);
        }
      }
      default -> {
        var lines = content.get(path);
        lines.set(random.nextInt(lines.size()), "changed " + random.nextInt(1000));
      }
    }
  }

  private List<String> lines(String text) {
    var lines = new ArrayList<String>();
    for (var i = 0; i < LINES; i++) {
      lines.add(text + " " + random.nextInt(1000));
    }
    return lines;
  }
}
