package dev.qudag.node.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingIT {
  @TempDir Path folder;

  @Test
  void gathersManyFilesByItself() {
    var repository = GitRepository.openOrInit(folder.resolve("git"), RefName.branch("main"));
    for (int i = 0; !repository.files().areMany(); i++) {
      byte[] content = String.valueOf(i).getBytes(UTF_8);
      if (CommitBuilder.idOf("blob", content).hex().startsWith("17")) { // where it is counted
        repository.writeBlob(content);
      }
    }
    try (var housekeeping = new Housekeeping(repository, Duration.ofMillis(10))) {
      housekeeping.start();

      await().atMost(Duration.ofMinutes(1)).until(() -> !repository.files().areMany());
    }
    assertThat(repository.content(repository.writeBlob("0".getBytes(UTF_8))))
        .isEqualTo(new byte[] {'0'});
  }
}
