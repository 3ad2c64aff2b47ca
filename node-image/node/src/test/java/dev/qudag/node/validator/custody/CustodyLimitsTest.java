package dev.qudag.node.validator.custody;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustodyLimitsTest {
  private static final NodeIdentity KEYS = NodeIdentity.generate();
  private static final CustodyLimits LIMITS = new CustodyLimits(3, 2, 1, 100, 60);

  @Test
  void thereIsRoomBelowTheLimits() {
    assertThat(LIMITS.refusal(List.of(held("a", 1, 10)), kept("a", 2))).isEmpty();
    assertThat(LIMITS.bytesLeft(List.of(held("a", 1, 10)), "uid-a")).isEqualTo(50);
    assertThat(LIMITS.bytesLeft(List.of(held("a", 1, 50)), "uid-b")).isEqualTo(50);
  }

  @Test
  void aWorkspaceTakesNoMoreThanItsShare() {
    List<Holding> held = List.of(held("a", 1, 0), held("a", 2, 0));

    assertThat(LIMITS.refusal(held, kept("a", 3)))
        .contains("this validator keeps 2 open proposals of workspace uid-a, at most 2");
    assertThat(LIMITS.refusal(held, kept("b", 3))).isEmpty();
    assertThat(LIMITS.refusal(List.of(held("a", 1, 60)), kept("a", 2)))
        .contains("this validator keeps 60 bytes of objects of workspace uid-a, at most 60");
  }

  @Test
  void inAllThereAreNoMoreThanTheLimit() {
    List<Holding> held = List.of(held("a", 1, 0), held("b", 2, 0), held("c", 3, 0));

    assertThat(LIMITS.refusal(held, kept("d", 4)))
        .contains("this validator keeps 3 open proposals, at most 3");
    assertThat(LIMITS.refusal(List.of(held("a", 1, 50), held("b", 2, 50)), kept("c", 3)))
        .contains("this validator keeps 100 bytes of objects, at most 100");
  }

  @Test
  void endsHaveALimitOfTheirOwn() {
    List<Holding> full = List.of(held("a", 1, 0), held("b", 2, 0), held("c", 3, 0));
    assertThat(LIMITS.refusal(full, ended("x"))).isEmpty();

    var end = new Holding(ended("y").sign(KEYS.signingKey()), 0);
    assertThat(LIMITS.refusal(List.of(end), ended("x")))
        .contains("this validator keeps 1 ends of proposals, at most 1");
    assertThat(LIMITS.refusal(List.of(end), kept("a", 1))).isEmpty();
  }

  @Test
  void aHoldingReadsAsItWasWritten() {
    Holding holding = held("a", 1, 77);

    assertThat(Holding.decode(holding.encode())).isEqualTo(holding);
  }

  private static Holding held(String workspace, int number, long bytes) {
    return new Holding(kept(workspace, number).sign(KEYS.signingKey()), bytes);
  }

  private static CustodyRecord.Ended ended(String name) {
    return new CustodyRecord.Ended(Digest.ZERO, name, "", "Withdrawn", "", 0);
  }

  private static CustodyRecord.Kept kept(String workspace, int number) {
    var said =
        new AuthorStatement(
            Digest.ZERO,
            "uid-" + workspace,
            workspace,
            "ada",
            "%040x".formatted(number),
            "refs/heads/main",
            "Add",
            9);
    var grant =
        new WorkspaceGrant(
            Digest.ZERO, "uid-" + workspace, workspace, KEYS.verifyingKey(), KEYS.tlsFingerprint());
    return new CustodyRecord.Kept(
        said.sign(KEYS.signingKey()), grant.sign(KEYS.signingKey()), List.of(), 0, 1);
  }
}
