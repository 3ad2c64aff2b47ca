package dev.qudag.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.crypto.Digest;
import dev.qudag.node.verify.TestingProofs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume that goes over from one chain to another. */
class EndedChainTest {
  private final Genesis before = new TestingProofs().genesis;
  private final Genesis after =
      new TestingProofs(new Predecessor(before.digest(), before.chainId(), 7)).genesis;

  @TempDir Path data;

  /** What stays the same from one chain to the other. */
  private record Keys(Digest signing, String incarnation) {
    static Keys of(NodeStore store) {
      return new Keys(store.identity().verifyingKey().fingerprint(), store.incarnation());
    }
  }

  @BeforeEach
  void joinTheFirst() throws IOException {
    try (NodeStore store = NodeStore.open(data)) {
      store.keepGenesis(before);
      store.keepSetAtJoin(before.set());
    }
    Files.writeString(data.resolve("chain"), "of the first");
    Files.writeString(Files.createDirectory(data.resolve("proposals")).resolve("p.json"), "{}");
    Files.writeString(Files.createDirectory(data.resolve("repository.git")).resolve("HEAD"), "x");
  }

  private Keys end() throws IOException {
    try (NodeStore store = NodeStore.open(data)) {
      store.endWith(after);
      assertThat(store.genesis()).as("until it is opened again").contains(before);
      return Keys.of(store);
    }
  }

  private Path ended() {
    return data.resolve("ended").resolve(before.digest().hex());
  }

  private void assertGoneOver(Keys keys) throws IOException {
    try (NodeStore store = NodeStore.open(data)) {
      assertThat(store.genesis()).contains(after);
      assertThat(store.setAtJoin()).isEmpty();
      assertThat(Keys.of(store)).isEqualTo(keys);
    }
    assertThat(data.resolve("chain")).doesNotExist();
    assertThat(data.resolve("proposals")).doesNotExist();
    assertThat(data.resolve("successor")).doesNotExist();
    assertThat(data.resolve("repository.git").resolve("HEAD")).hasContent("x");
    assertThat(ended().resolve("chain")).hasContent("of the first");
    assertThat(ended().resolve("proposals").resolve("p.json")).hasContent("{}");
    assertThat(ended().resolve("genesis")).hasBinaryContent(before.encode());
  }

  @Test
  void keepsItsKeysAndItsRepositoryAndPutsTheRestAway() throws IOException {
    Keys keys = end();
    assertGoneOver(keys);
    assertGoneOver(keys);
  }

  @Test
  void goesOnWhereAProcessDiedThatHadPutAPartAway() throws IOException {
    Keys keys = end();
    Files.createDirectories(ended());
    Files.move(data.resolve("genesis"), ended().resolve("genesis"));
    assertGoneOver(keys);
  }

  @Test
  void putsNothingOfTheNewChainAwayWhenOnlyTheMarkIsLeft() throws IOException {
    Keys keys = end();
    assertGoneOver(keys);
    Files.write(data.resolve("successor"), after.encode());
    Files.writeString(data.resolve("in-service"), "0");
    assertGoneOver(keys);
    assertThat(data.resolve("in-service")).hasContent("0");
  }

  @Test
  void leavesAVolumeAloneWhoseChainNobodyEnds() throws IOException {
    try (NodeStore store = NodeStore.open(data)) {
      assertThat(store.genesis()).contains(before);
    }
    assertThat(data.resolve("chain")).hasContent("of the first");
    assertThat(data.resolve("ended")).doesNotExist();
  }
}
