package dev.qudag.e2e;

import dev.qudag.e2e.cluster.Cluster;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test class runs on the {@link Cluster}, with an operator of its own, and a Swarm.
 *
 * <p>A parameter of type {@link TestSwarm} is the Swarm, which is Ready; one of type {@link
 * OperatorRelease} is the operator. Both live as long as what asked for the first of them: for the
 * whole class when it is a {@code @BeforeAll} method, else for one test. Then the Swarm is deleted
 * and the operator uninstalled, after the report on a failure is written.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Cluster
@ExtendWith(OperatedExtension.class)
@interface Operated {
  /** How many validators the Swarm has; 0: the test applies a Swarm itself. */
  int validators() default 0;

  /** The YAML of the Swarm's {@code spec.policy}. */
  String policy() default "{}";

  /** Short name of the image of hub, validators and sidecars. */
  String image() default OperatorRelease.NODE_IMAGE;
}
