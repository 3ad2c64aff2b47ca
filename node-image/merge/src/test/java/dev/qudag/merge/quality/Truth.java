package dev.qudag.merge.quality;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What those who know a merge say of it. */
sealed interface Truth {

  /** Whether these files may land without a person. */
  boolean accepts(Map<String, byte[]> merged);

  /** The authors merged it to these files; white space is not compared. */
  record Merged(Map<String, byte[]> files) implements Truth {
    @Override
    public boolean accepts(Map<String, byte[]> merged) {
      return words(merged).equals(words(files));
    }

    private static Map<String, List<String>> words(Map<String, byte[]> files) {
      var words = new TreeMap<String, List<String>>();
      files.forEach(
          (path, content) ->
              words.put(path, Arrays.asList(new String(content, UTF_8).strip().split("\\s+"))));
      return words;
    }
  }

  /** A person has to decide: the authors left a conflict, or both changes together break. */
  record ForPeople() implements Truth {
    @Override
    public boolean accepts(Map<String, byte[]> merged) {
      return false;
    }
  }

  /** Both changes together do what each does alone; the merge that is clean by lines is right. */
  record Holds() implements Truth {
    @Override
    public boolean accepts(Map<String, byte[]> merged) {
      return true;
    }
  }
}
