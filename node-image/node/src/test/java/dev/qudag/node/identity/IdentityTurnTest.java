package dev.qudag.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume on which a node comes to another key. */
class IdentityTurnTest {
  @TempDir Path data;

  private static Digest key(NodeIdentity identity) {
    return identity.verifyingKey().fingerprint();
  }

  private Digest ownKey() throws IOException {
    try (NodeStore store = NodeStore.open(data)) {
      return key(store.identity());
    }
  }

  private Digest nextKey() throws IOException {
    try (NodeStore store = NodeStore.open(data)) {
      return key(store.nextIdentity().orElseThrow());
    }
  }

  private void want() throws IOException {
    Files.createFile(data.resolve("rotate-key"));
  }

  private void turn() throws IOException {
    try (NodeStore store = NodeStore.open(data)) {
      store.turnToNextIdentity();
    }
  }

  private void assertNothingIsLeft() {
    for (String name : new String[] {"rotate-key", "identity.next", "identity.before"}) {
      assertThat(data.resolve(name)).doesNotExist();
    }
    assertThat(data.resolve("identity.turn")).doesNotExist();
  }

  @Test
  void hasNoNextKeyUntilSomebodyWantsOne() throws IOException {
    Digest own = ownKey();
    try (NodeStore store = NodeStore.open(data)) {
      assertThat(store.nextIdentity()).isEmpty();
      want();
      NodeIdentity next = store.nextIdentity().orElseThrow();
      assertThat(key(next)).isNotEqualTo(own);
      assertThat(next.tlsFingerprint()).isEqualTo(store.identity().tlsFingerprint());
    }
    assertThat(data.resolve("rotate-key")).doesNotExist();
    assertThat(ownKey()).as("until a decision names the other").isEqualTo(own);
  }

  @Test
  void makesTheNextKeyOnce() throws IOException {
    want();
    Digest next = nextKey();
    assertThat(nextKey()).isEqualTo(next);
    want();
    assertThat(nextKey()).as("another wish on the way").isEqualTo(next);
  }

  @Test
  void turnsToItWhenTheVolumeIsOpenedAgain() throws IOException {
    want();
    Digest next = nextKey();
    turn();
    assertThat(ownKey()).isEqualTo(next);
    assertNothingIsLeft();
    want();
    assertThat(nextKey()).as("a later wish").isNotEqualTo(next);
  }

  @Test
  void keepsTheIncarnation() throws IOException {
    String before;
    try (NodeStore store = NodeStore.open(data)) {
      before = store.incarnation();
    }
    want();
    assertThat(nextKey()).isNotNull();
    turn();
    try (NodeStore store = NodeStore.open(data)) {
      assertThat(store.incarnation()).isEqualTo(before);
    }
  }

  /** Between the two renames there is no folder of that name: no other key may be made. */
  @Test
  void goesOnWhereAProcessDiedBetweenTheTwoRenames() throws IOException {
    want();
    Digest next = nextKey();
    turn();
    Files.move(data.resolve("identity"), data.resolve("identity.before"));
    assertThat(ownKey()).isEqualTo(next);
    assertNothingIsLeft();
  }

  @Test
  void goesOnWhereAProcessDiedAfterThem() throws IOException {
    want();
    Digest next = nextKey();
    turn();
    Files.move(data.resolve("identity"), data.resolve("identity.before"));
    Files.move(data.resolve("identity.next"), data.resolve("identity"));
    assertThat(ownKey()).isEqualTo(next);
    assertNothingIsLeft();
  }
}
