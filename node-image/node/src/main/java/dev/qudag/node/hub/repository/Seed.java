package dev.qudag.node.hub.repository;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.Refusal;
import dev.qudag.merge.tree.LfsAttributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first commit of the protected branch: the files of {@code files.yaml} (path to text), or one
 * README. No clock takes part, so the same seed is the same commit.
 */
public final class Seed {
  private static final CommitMeta META =
      new CommitMeta(
          "QuDAG",
          "hub@qudag.invalid",
          "QuDAG",
          "hub@qudag.invalid",
          1_750_000_000,
          "Seed the repository");

  private Seed() {}

  /** The files cannot be those of a swarm; begins with the reason. */
  public static final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnfitException(Refusal refusal) {
      super(refusal.reason() + ": " + refusal.message());
    }
  }

  /**
   * Makes the commit unless the branch has one.
   *
   * @throws UnfitException when the files are not taken
   */
  public static void plant(HubRepository repository, Path seedFolder, String swarm)
      throws IOException {
    RefName branch = repository.branch();
    if (repository.git().ref(branch).isPresent()) {
      return;
    }
    ObjectId tree = repository.git().writeTree(files(seedFolder.resolve("files.yaml"), swarm));
    ObjectId commit = repository.git().writeCommit(CommitBuilder.bytes(tree, List.of(), META));
    if (!repository.git().update(branch, commit, ObjectId.ZERO)) {
      throw new IllegalStateException(branch.full() + " appeared while it was made");
    }
  }

  private static Map<String, byte[]> files(Path yaml, String swarm) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    if (Files.exists(yaml)) {
      Map<String, String> texts =
          new YAMLMapper().readValue(yaml.toFile(), new TypeReference<Map<String, String>>() {});
      texts.forEach(
          (path, text) -> {
            LfsAttributes.refusal(path, text)
                .ifPresent(
                    refusal -> {
                      throw new UnfitException(refusal);
                    });
            files.put(path, text.getBytes(StandardCharsets.UTF_8));
          });
    }
    if (files.isEmpty()) {
      files.put("README.md", ("# " + swarm + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }
}
