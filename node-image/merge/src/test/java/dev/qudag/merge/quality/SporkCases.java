package dev.qudag.merge.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Spork's own tests (ASSERT-KTH/spork, MIT): Java files that both sides changed, with what its
 * authors expect of a structured merge. Cases that one side alone changed are no merges and left
 * out, and so are those that the authors ignore.
 */
final class SporkCases {
  private static final String TESTS = "src/test/resources/";
  private static final String BASE = "/Base.java";

  private SporkCases() {}

  static List<StrangersMerge> of(CaseClone spork) {
    var cases = new ArrayList<StrangersMerge>();
    cases.addAll(of(spork, "clean/both_modified", false));
    cases.addAll(of(spork, "conflict", true));
    return cases;
  }

  private static List<StrangersMerge> of(CaseClone spork, String set, boolean forPeople) {
    return spork.list(TESTS + set).stream()
        .filter(path -> path.endsWith(BASE) && !path.contains("/IGNORE_"))
        .map(path -> path.substring(0, path.length() - BASE.length()))
        .map(folder -> one(spork, set, folder, forPeople))
        .toList();
  }

  private static StrangersMerge one(CaseClone spork, String set, String folder, boolean forPeople) {
    var name = folder.substring(folder.lastIndexOf('/') + 1);
    var truth =
        forPeople ? new Truth.ForPeople() : new Truth.Merged(file(spork, folder, "Expected"));
    return new StrangersMerge(
        "spork/" + set,
        name,
        file(spork, folder, "Base"),
        file(spork, folder, "Left"),
        file(spork, folder, "Right"),
        truth);
  }

  private static Map<String, byte[]> file(CaseClone spork, String folder, String version) {
    return Map.of("Case.java", spork.file(folder + "/" + version + ".java"));
  }
}
