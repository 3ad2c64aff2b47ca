package dev.qudag.operator.node;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.chain.identity.NodeRole;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class PodTokensTest {
  private static final NodeTarget TARGET =
      new NodeTarget(
          new SwarmKey("team", "s"),
          "u",
          NodeRole.HUB,
          "s-hub",
          "s-hub.team.svc",
          "s-hub-0",
          "pod-uid");
  private static final String GOOD =
      """
      authenticated: true
      audiences: [qudag.dev/enrol]
      user:
        username: system:serviceaccount:team:s-node
        extra:
          authentication.kubernetes.io/pod-name: [s-hub-0]
          authentication.kubernetes.io/pod-uid: [pod-uid]
      """;

  private static void check(String status) {
    PodTokens.check(
        new KubernetesSerialization().unmarshal(status, TokenReviewStatus.class), TARGET);
  }

  private static void refused(String status, String why) {
    assertThatThrownBy(() -> check(status))
        .isInstanceOf(EnrolmentRefusedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void takesTheTokenOfThePodThatTheOperatorMade() {
    assertThatCode(() -> check(GOOD)).doesNotThrowAnyException();
  }

  @Test
  void refusesATokenThatIsNotOneOrIsForSomethingElse() {
    refused("authenticated: false\naudiences: []\nerror: expired", "expired");
    refused(
        GOOD.replace("[qudag.dev/enrol]", "[https://kubernetes.default.svc]"), "does not accept");
  }

  @Test
  void refusesTheTokenOfAnybodyElse() {
    refused(GOOD.replace("s-node", "default"), "user system:serviceaccount:team:default");
    refused(GOOD.replace("[s-hub-0]", "[s-v0-0]"), "pod s-v0-0");
    refused(GOOD.replace("[pod-uid]", "[older-uid]"), "pod UID older-uid");
    refused(
        "authenticated: true\n"
            + "audiences: [qudag.dev/enrol]\n"
            + "user: {username: 'system:serviceaccount:team:s-node'}",
        "pod ");
  }
}
