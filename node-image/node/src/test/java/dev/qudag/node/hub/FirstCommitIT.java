package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.node.hub.repository.FirstCommit;
import dev.qudag.node.hub.repository.HubRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a swarm's repository begins with. */
class FirstCommitIT {
  @TempDir Path folder;

  @Test
  void aSeedWithGitLfsIsNotPlantedUntilItIsMended() throws IOException {
    Path files = folder.resolve("files.yaml");
    Files.writeString(files, "art/.gitattributes: \"*.psd filter=lfs\\n\"\n");
    HubRepository repository = HubRepository.open(folder, "main");
    var first = new FirstCommit(FirstCommit.seed(repository, folder, "s"));

    first.attempt();
    assertThat(first.lacking()).startsWith("LfsUnsupported: 'art/.gitattributes' has filter=lfs");
    assertThat(repository.git().ref(repository.branch())).isEmpty();

    Files.writeString(files, "README.md: \"hello\\n\"\n");
    first.attempt();
    assertThat(first.lacking()).isEmpty();
    assertThat(repository.git().ref(repository.branch())).isPresent();
  }
}
