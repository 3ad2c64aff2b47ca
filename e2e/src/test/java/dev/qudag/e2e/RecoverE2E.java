package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of four validators two lose their volumes, and one may be faulty: no quorum is left. A person
 * begins a new chain by the commands of {@code docs/how-to/recover.md}.
 */
@Operated
class RecoverE2E {
  private static final HowTo RECOVER = new HowTo("recover.md");
  private static final String PUT_ASIDE = "1. Put aside what the old chain proves";
  private static final String MAKE_AGAIN = "2. Make the Swarm again on the old hub's volume";
  private static final String SIGN = "3. Sign, if the old genesis names administrators";
  private static final String TELL = "4. Tell those who verify";
  private static final List<String> LOST = List.of(TestSwarm.NAME + "-v2", TestSwarm.NAME + "-v3");

  @TempDir static Path home;
  private static KubernetesClient client;
  private static TestSwarm swarm;
  private static Administrator administrator;

  @BeforeAll
  static void startSwarm(TestSwarm applied, KubernetesClient itsClient) throws IOException {
    swarm = applied;
    client = itsClient;
    administrator = new Administrator(home, client.getNamespace());
    SwarmManifest manifest = SwarmManifest.of(4).retained().signedBy(administrator.makeKey());
    Files.writeString(home.resolve(TestSwarm.NAME + ".yaml"), manifest.yaml());
    swarm.apply(manifest);
    swarm.awaitReady();
  }

  @Test
  void theBranchGoesOnInANewChainAndEachProvesWhatLandedOnIt() {
    swarm.land("before");
    String old = fingerprint();
    String head = swarm.hubGit("rev-parse", "main").strip();

    LOST.forEach(RecoverE2E::loseVolume);
    swarm.awaitThat("the chain has ended", () -> isStalled("QuorumLost"));
    assertThat(TestSwarm.readyMessage(swarm.swarm()))
        .contains(String.join(", ", LOST), "docs/how-to/recover.md");

    assertThat(administrator.follow(commands(PUT_ASIDE, old)))
        .contains("the new one begins at " + head);
    administrator.follow(commands(MAKE_AGAIN, old));
    swarm.awaitPendingChange("Recovery");
    assertThat(TestSwarm.readyReason(swarm.swarm())).isEqualTo("AwaitingAdministrator");
    assertThat(administrator.signPendingChange()).contains(old, "begins   at " + head);
    swarm.awaitReady();
    administrator.follow(commands(SIGN, old));

    assertThat(fingerprint()).isNotEqualTo(old);
    assertThat(swarm.hubGit("rev-parse", "main").strip()).isEqualTo(head);
    swarm.land("after");
    assertThat(swarm.timesLanded("before")).isEqualTo(1);
    assertThat(swarm.hubGit("fsck", "--strict", "--no-dangling")).doesNotContain("error");
    assertThat(verifyOld("--genesis " + old)).contains("proven:", head);
    assertThat(verifyNew(old))
        .contains("proven:", "in the place of chain", swarm.hubGit("rev-parse", "main").strip());
  }

  private static String commands(String heading, String oldFingerprint) {
    return RECOVER.commands(heading, 0).replace("FINGERPRINT", oldFingerprint);
  }

  /** What was put aside before the new chain began. */
  private static String verifyOld(String believed) {
    return administrator.follow(
        "qudag-node verify certificate.json --genesis-file genesis " + believed);
  }

  /** From the old fingerprint, along the administrator's signature. */
  private static String verifyNew(String oldFingerprint) {
    administrator.follow(
        "kubectl exec hello-hub-0 -- git -C %s notes --ref=qudag show main > certificate.json"
            .formatted(TestSwarm.REPOSITORY));
    return administrator.follow(commands(TELL, oldFingerprint));
  }

  private static void loseVolume(String validator) {
    client.persistentVolumeClaims().withName("data-" + validator + "-0").delete();
    swarm.kill(validator + "-0");
  }

  private static boolean isStalled(String reason) {
    return TestSwarm.isTrue(swarm.swarm(), "Stalled")
        && TestSwarm.readyReason(swarm.swarm()).equals(reason);
  }

  private static String fingerprint() {
    return swarm.swarm().getStatus().chain().genesisFingerprint();
  }
}
