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
 * Changes land squashed, and then rebased, signed off and signed by the key of a Secret. The
 * commands are those of {@code docs/how-to}.
 */
@Operated
class LandingMethodsE2E {
  private static final HowTo SIGNING = new HowTo("sign-commits.md");

  @TempDir static Path home;
  private static TestSwarm swarm;
  private static Administrator person;

  @BeforeAll
  static void startSwarm(TestSwarm applied, KubernetesClient client) throws IOException {
    swarm = applied;
    person = new Administrator(home, client.getNamespace());
    var unused = person.follow(SIGNING.commands("Make a key", 0));
    swarm.apply(landingBy("Squash"));
    swarm.awaitReady();
  }

  @Test
  void squashedAndRebasedChangesLandSignedOffAndSigned() throws IOException {
    swarm.agent("squashed", twoCommits("squashed"));
    var squashed = swarm.awaitProposal("squashed", "Merged").getStatus();
    assertThat(subjects()).hasSize(2);
    assertSigned(squashed.mergedCommit());

    swarm.apply(landingBy("Rebase"));
    swarm.agent("rebased", twoCommits("rebased"));
    var rebased = swarm.awaitProposal("rebased", "Merged").getStatus();
    assertThat(subjects()).hasSize(4).startsWith("rebased two", "rebased one");
    assertSigned(rebased.mergedCommit());
    assertSigned(swarm.hubGit("rev-parse", rebased.mergedCommit() + "^").strip());
    assertThat(swarm.hubGit("ls-tree", "--name-only", "main").lines())
        .contains("squashed-1.txt", "squashed-2.txt", "rebased-1.txt", "rebased-2.txt");
    assertThat(swarm.verify(swarm.awaitProposal("rebased", "Merged"))).contains("epoch 0");
  }

  /** All commits of the branch, newest first. */
  private static List<String> subjects() {
    return swarm.hubGit("log", "--format=%s", "main").lines().toList();
  }

  private static void assertSigned(String commit) throws IOException {
    Files.writeString(
        home.resolve("bundle.txt"),
        swarm.exec(
            TestSwarm.HUB_POD,
            "hub",
            "sh",
            "-ec",
            "git -C " + TestSwarm.REPOSITORY + " bundle create -q - main | base64"));
    String told =
        person.follow(
            """
            base64 -d bundle.txt > main.bundle
            git init -q
            git fetch -q main.bundle main
            git checkout -q --detach %s
            """
                    .formatted(commit)
                + SIGNING.commands("Verify", 0));
    assertThat(told).contains("Good \"git\" signature");
    assertThat(swarm.hubGit("log", "-1", "--format=%(trailers:key=Signed-off-by)", commit))
        .startsWith("Signed-off-by: ");
  }

  private static SwarmManifest landingBy(String method) throws IOException {
    return SwarmManifest.of(4)
        .withPolicy(
            "{landing: {method: %s, signOff: true, signingKeySecretRef: {name: hub-signing-key}, signingKey: \"%s\"}}"
                .formatted(method, Files.readString(home.resolve("signing-key.pub")).strip()));
  }

  private static String twoCommits(String name) {
    return """
        if [ ! -e %1$s-2.txt ]; then
          echo 1 > %1$s-1.txt; git add -A; git commit -qm '%1$s one'
          echo 2 > %1$s-2.txt; git add -A; git commit -qm '%1$s two'
        fi
        until git push -q origin HEAD; do sleep 1; done
        """
        .formatted(name);
  }
}
