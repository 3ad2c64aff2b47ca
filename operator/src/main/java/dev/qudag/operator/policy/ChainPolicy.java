package dev.qudag.operator.policy;

import dev.qudag.api.v1alpha1.CheckEnvVar;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.consensus.chain.policy.CheckSpec;
import dev.qudag.consensus.chain.policy.CommitKey;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.consensus.chain.policy.Policy;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Turns {@code spec.policy} into what the validators judge by. */
public final class ChainPolicy {
  private ChainPolicy() {}

  /**
   * @throws IllegalArgumentException when it has a {@link #fault}
   */
  public static Policy of(SwarmSpec.MergePolicy policy) {
    return new Policy(
        policy.checks().stream().map(check -> of(check).rule()).toList(),
        policy.denyPaths(),
        policy.autoResolve().stream().map(SwarmSpec.AutoResolve::name).sorted().toList(),
        of(policy.landing()));
  }

  private static LandingPolicy of(SwarmSpec.Landing landing) {
    LandingPolicy.Method method =
        switch (landing.method()) {
          case Merge -> LandingPolicy.Method.MERGE;
          case Squash -> LandingPolicy.Method.SQUASH;
          case Rebase -> LandingPolicy.Method.REBASE;
        };
    return new LandingPolicy(
        method, landing.signOff(), Optional.ofNullable(landing.signingKey()).map(CommitKey::parse));
  }

  /**
   * Why no validator can judge by it: field, value, and what was expected; empty when each can. The
   * schema lets through what has invisible characters.
   */
  public static Optional<String> fault(SwarmSpec.MergePolicy policy) {
    try {
      var unused = of(policy);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** What a check runs. Its digest is in the policy, in the Job's name and in the decision. */
  public static CheckSpec of(SwarmSpec.Check check) {
    var env =
        check.env().stream()
            .collect(
                Collectors.toMap(
                    CheckEnvVar::name, CheckEnvVar::value, (one, last) -> last, TreeMap::new));
    return new CheckSpec(
        check.name(), check.image(), check.command(), check.timeoutSeconds(), env, check.paths());
  }
}
