package dev.qudag.operator.node;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;

/** Asks the API server whose token a node has shown. */
public final class PodTokens {
  /** The tokens are good for nothing but enrolment. */
  public static final String AUDIENCE = "qudag.dev/enrol";

  private static final String POD_NAME = "authentication.kubernetes.io/pod-name";
  private static final String POD_UID = "authentication.kubernetes.io/pod-uid";

  private final KubernetesClient client;

  public PodTokens(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Demands that the token is the pod's.
   *
   * @throws EnrolmentRefusedException when it is anybody else's
   */
  void require(String token, NodeTarget target) {
    TokenReview review =
        new TokenReviewBuilder()
            .withNewSpec()
            .withToken(token)
            .withAudiences(AUDIENCE)
            .endSpec()
            .build();
    check(client.tokenReviews().create(review).getStatus(), target);
  }

  static void check(TokenReviewStatus status, NodeTarget target) {
    if (!Boolean.TRUE.equals(status.getAuthenticated())
        || !status.getAudiences().contains(AUDIENCE)) {
      throw new EnrolmentRefusedException(
          "pod %s showed a token that the API server does not accept for %s: %s"
              .formatted(target.podName(), AUDIENCE, status.getError()));
    }
    SwarmKey swarm = target.swarm();
    expect(
        target,
        "user",
        "system:serviceaccount:" + swarm.namespace() + ":" + swarm.serviceAccount(),
        status.getUser().getUsername());
    expect(target, "pod", target.podName(), extra(status, POD_NAME));
    expect(target, "pod UID", target.podUid(), extra(status, POD_UID));
  }

  private static String extra(TokenReviewStatus status, String key) {
    Map<String, List<String>> extra = status.getUser().getExtra();
    List<String> values = extra == null ? List.of() : extra.getOrDefault(key, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static void expect(NodeTarget target, String what, String expected, String actual) {
    if (!expected.equals(actual)) {
      throw new EnrolmentRefusedException(
          "the token of %s %s is of %s %s (expected: %s)"
              .formatted(target.role().wireName(), target.name(), what, actual, expected));
    }
  }
}
