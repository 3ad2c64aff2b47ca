package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A hub that lost all of its volume but its keys gets everything back from its validators. */
@Operated(validators = 4)
class HubRestoreE2E {
  private static TestSwarm swarm;

  @BeforeAll
  static void on(TestSwarm running) {
    swarm = running;
  }

  @Test
  void comesBackWithBranchAndCertificatesAndLandsOn() {
    swarm.land("one");
    swarm.land("two");
    String head = swarm.hubGit("rev-parse", "main");
    String notes = swarm.hubGit("notes", "--ref=qudag", "list");

    swarm.exec(
        TestSwarm.HUB_POD,
        "hub",
        "sh",
        "-c",
        "cd /var/lib/qudag && for f in *; do [ \"$f\" = identity ] || rm -rf \"$f\"; done");
    swarm.kill(TestSwarm.HUB_POD);

    swarm.land("three");
    assertThat(swarm.hubGit("rev-list", "--first-parent", "main")).contains(head.strip());
    assertThat(swarm.hubGit("notes", "--ref=qudag", "list").lines().count())
        .isEqualTo(notes.lines().count() + 1);
    for (String title : new String[] {"one", "two", "three"}) {
      assertThat(swarm.timesLanded(title)).as(title).isEqualTo(1);
    }
    assertThat(swarm.hubGit("fsck", "--strict", "--no-dangling")).doesNotContain("error");
    String height = swarm.exec(TestSwarm.HUB_POD, "hub", "cat", "/var/lib/qudag/in-service");
    assertThat(Integer.parseInt(height.strip()))
        .as("height at which it came into service")
        .isGreaterThanOrEqualTo(2);
  }
}
