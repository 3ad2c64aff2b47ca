package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.SwarmStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where genesis names a person: validators join by that person's signature, and each takes another
 * key by its own. The commands are those of {@code docs/how-to}.
 */
@Operated
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SignedGrowthE2E {
  private static final HowTo SIGNING = new HowTo("sign-changes.md");
  private static final HowTo ROTATION = new HowTo("rotate-key.md");
  private static final String ROTATED = TestSwarm.NAME + "-v2-0";

  @TempDir static Path home;
  private static TestSwarm swarm;
  private static Administrator administrator;
  private static SwarmManifest manifest;

  @BeforeAll
  static void startSwarm(TestSwarm applied, KubernetesClient client) {
    swarm = applied;
    administrator = new Administrator(home, client.getNamespace());
    manifest = SwarmManifest.of(1).signedBy(administrator.makeKey());
    swarm.apply(manifest);
    swarm.awaitReady();
  }

  @Test
  @Order(1)
  void threeJoinOnceTheAdministratorHasSignedIt() {
    swarm.apply(manifest.grownTo(4));
    swarm.awaitPendingChange("SetChange");
    assertThat(TestSwarm.isTrue(swarm.swarm(), "SetTrustsOperator")).isFalse();
    swarm.land("meanwhile");
    assertThat(status().chain().epoch()).isZero();

    String signed = administrator.signPendingChange();

    assertThat(signed).contains("change of the set of epoch 0");
    for (int index = 1; index < 4; index++) {
      assertThat(signed)
          .as("the key in the pod of v" + index)
          .contains("joins    t-v" + index, keyInPodOf(index));
    }
    swarm.awaitThat("four decide", () -> status().chain().epoch() == 1);
    swarm.awaitThat("four are ready", () -> "4/4".equals(status().summary().validators()));
    assertThat(TestSwarm.isTrue(swarm.swarm(), "SetComplete")).isTrue();
    assertThat(status().pendingChange()).isNull();
    swarm.land("by-four");
    assertThat(swarm.verify(swarm.awaitProposal("by-four", "Merged"))).contains("epoch 1");
  }

  @Test
  @Order(2)
  void aValidatorTakesAnotherKeyWhileProposalsLandAndTheOldOneIsRefused() {
    String old = swarm.validator(2).getStatus().keyFingerprint();
    onVolume("cp -a identity identity.stolen");
    int restarts = swarm.restarts(ROTATED);
    swarm.agent("steady", proposesUntilItIsEnough());
    swarm.awaitThat("proposals land", () -> landed() > 0);

    administrator.follow(ROTATION.commands("Give a validator another key", 0));

    swarm.awaitThat(
        "it has another key", () -> !old.equals(swarm.validator(2).getStatus().keyFingerprint()));
    swarm.awaitThat("its pod restarts once", () -> swarm.restarts(ROTATED) == restarts + 1);
    long before = landed();
    swarm.awaitThat("proposals go on landing", () -> landed() > before);
    swarm.exec(
        swarm.agentNamed("steady").getStatus().pod(), "agent", "touch", "/home/agent/enough");
    swarm.awaitAgent("steady", "Terminated");
    swarm.awaitThat("all of them landed", () -> landed() == swarm.proposalsOf("steady").size());
    assertThat(swarm.validator(2).getStatus().keyFingerprint()).isEqualTo(keyInPodOf(2));
    assertThat(status().chain().epoch()).isEqualTo(2);
    assertThat(status().pendingChange()).as("nobody has to sign").isNull();

    onVolume("mv identity identity.renewed && mv identity.stolen identity");
    swarm.kill(ROTATED);
    swarm.awaitThat(
        "the old key is refused",
        () -> "KeyChanged".equals(TestSwarm.readyReason(swarm.validator(2))));
    swarm.land("by-three");
    assertThat(swarm.verify(swarm.awaitProposal("by-three", "Merged")))
        .contains("epoch 2")
        .doesNotContain("t-v2");

    onVolume("rm -r identity && mv identity.renewed identity");
    swarm.kill(ROTATED);
    swarm.awaitThat("it is back", () -> TestSwarm.isTrue(swarm.validator(2), "Ready"));
  }

  private static SwarmStatus status() {
    return swarm.swarm().getStatus();
  }

  /** As the page has the administrator compare it, of another validator than the page's. */
  private static String keyInPodOf(int index) {
    String compare =
        SIGNING.commands("Sign a change of the set", 0).replace("-v4-", "-v" + index + "-");
    return administrator.follow(compare).split(" ", 2)[0];
  }

  private static void onVolume(String commands) {
    swarm.exec(ROTATED, "validator", "sh", "-c", "cd /var/lib/qudag && " + commands);
  }

  private static long landed() {
    return swarm.proposalsOf("steady").stream()
        .filter(proposal -> "Merged".equals(TestSwarm.readyReason(proposal)))
        .count();
  }

  private static String proposesUntilItIsEnough() {
    return """
        until [ -e ~/enough ]; do
          date > steady.txt
          qudag propose --wait -m steady
          sleep 1
        done
        """;
  }
}
