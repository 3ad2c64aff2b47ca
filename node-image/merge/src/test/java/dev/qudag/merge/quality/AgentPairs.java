package dev.qudag.merge.quality;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * AgentConflictBench (MIT): pairs of patches by agents that merge cleanly by lines; most break
 * together, by an oracle that the agents did not see, and some are controls. The files they start
 * from come from clones of the projects; a pair whose files these do not have is left out and
 * named.
 */
final class AgentPairs {
  private static final String METADATA = "/metadata.json";
  private static final Pattern FILE = Pattern.compile("(?m)^diff --git a/(\\S+) b/\\S+$");
  private static final Pattern OLD_BLOB = Pattern.compile("(?m)^index ([0-9a-f]+)\\.\\.");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CaseClone pairs;
  private final Path projects;
  private final Path scratch;
  private final List<String> leftOut = new ArrayList<>();

  /**
   * @param projects a folder with a clone of each project, as {@code owner/name}
   * @param scratch an empty folder, in no repository
   */
  AgentPairs(CaseClone pairs, Path projects, Path scratch) {
    this.pairs = pairs;
    this.projects = projects;
    this.scratch = scratch;
  }

  /** Pairs whose files are not in the clones of their projects; known after {@link #all}. */
  List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  List<StrangersMerge> all() throws IOException, InterruptedException {
    var cases = new ArrayList<StrangersMerge>();
    for (var path : pairs.list("instances")) {
      if (path.endsWith(METADATA)) {
        read(path.substring(0, path.length() - METADATA.length()), cases);
      }
    }
    return cases;
  }

  private void read(String folder, List<StrangersMerge> cases)
      throws IOException, InterruptedException {
    var name = folder.substring(folder.lastIndexOf('/') + 1);
    var metadata = JSON.readTree(pairs.file(folder + METADATA));
    var url = URI.create(metadata.required("repo").asText());
    var project = new CaseClone(projects.resolve(url.getPath().substring(1)));
    var ours = pairs.file(folder + "/patch_a.patch");
    var theirs = pairs.file(folder + "/patch_b.patch");
    var ancestor = new LinkedHashMap<String, byte[]>();
    for (var patch : List.of(ours, theirs)) {
      if (!collect(project, new String(patch, UTF_8), ancestor)) {
        leftOut.add(name);
        return;
      }
    }
    var holds = metadata.required("composition_expected").asText().equals("pass");
    cases.add(
        new StrangersMerge(
            "agents/" + (holds ? "control" : "breaks"),
            name,
            ancestor,
            patched(name + ".a", ancestor, ours),
            patched(name + ".b", ancestor, theirs),
            holds ? new Truth.Holds() : new Truth.ForPeople()));
  }

  /** Adds the files that a patch changes; false when the project has one of them no more. */
  private static boolean collect(CaseClone project, String patch, Map<String, byte[]> files) {
    var file = FILE.matcher(patch);
    var blob = OLD_BLOB.matcher(patch);
    while (file.find() && blob.find(file.end())) {
      var content = project.blob(blob.group(1));
      if (content.isEmpty()) {
        return false;
      }
      files.put(file.group(1), content.get());
    }
    return true;
  }

  private Map<String, byte[]> patched(String name, Map<String, byte[]> files, byte[] patch)
      throws IOException, InterruptedException {
    var folder = Files.createDirectory(scratch.resolve(name));
    for (var file : files.entrySet()) {
      var path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    var git =
        new ProcessBuilder("git", "apply", "-")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    try (var input = git.getOutputStream()) {
      input.write(patch);
    }
    var said = new String(git.getInputStream().readAllBytes(), UTF_8);
    if (git.waitFor() != 0) {
      throw new IOException("the patch of " + name + " does not apply: " + said);
    }
    var after = new LinkedHashMap<String, byte[]>();
    for (var path : files.keySet()) {
      after.put(path, Files.readAllBytes(folder.resolve(path)));
    }
    return after;
  }
}
