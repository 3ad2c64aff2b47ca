package dev.qudag.node.hub.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RescuesIT {
  @TempDir Path folder;
  private HubRepository repository;
  private Rescues rescues;
  private Instant now = Instant.ofEpochSecond(1_800_000_000);

  @BeforeEach
  void open() throws IOException {
    repository = HubRepository.open(folder, "main");
    Seed.plant(repository, folder.resolve("no-seed"), "s");
    rescues = repository.rescues(() -> now);
  }

  private ObjectId commit(String content) {
    var meta = new CommitMeta("a", "a@example.invalid", "a", "a@example.invalid", 1, content);
    ObjectId tree =
        repository.git().writeTree(Map.of("a", content.getBytes(StandardCharsets.UTF_8)));
    return repository
        .git()
        .writeCommit(CommitBuilder.bytes(tree, List.of(repository.head()), meta));
  }

  private Map<RefName, ObjectId> kept() {
    return repository.git().refs(RefName.of("refs/qudag/rescue"));
  }

  @Test
  void aReplacedSnapshotIsKeptOnceUnderItsWorkspaceTimeAndCommit() {
    ObjectId old = commit("old");

    rescues.keep("uid-1", old);
    now = now.plusSeconds(5);
    rescues.keep("uid-1", old);

    assertThat(kept())
        .containsExactly(
            Map.entry(
                RefName.of("refs/qudag/rescue/uid-1/1800000000-" + old.hex().substring(0, 12)),
                old));
  }

  @Test
  void theOldestOfAWorkspaceGoAndThoseOfOthersStay() {
    ObjectId other = commit("other");
    rescues.keep("uid-2", other);
    ObjectId first = commit("first");
    rescues.keep("uid-1", first);
    for (int i = 0; i < Rescues.MOST_OF_ONE; i++) {
      now = now.plusSeconds(1);
      rescues.keep("uid-1", commit("next " + i));
    }

    assertThat(kept().values()).hasSize(Rescues.MOST_OF_ONE + 1).contains(other);
    assertThat(kept().values()).doesNotContain(first);
  }

  @Test
  void theirTimeIsBounded() {
    rescues.keep("uid-1", commit("old"));

    now = now.plus(Rescues.KEPT);
    assertThat(rescues.count()).isEqualTo(1);
    now = now.plus(Duration.ofSeconds(1));
    assertThat(rescues.count()).isZero();
    assertThat(kept()).isEmpty();
  }
}
