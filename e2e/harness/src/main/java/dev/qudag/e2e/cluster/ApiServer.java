package dev.qudag.e2e.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test class runs against a real API server, with no controllers, no nodes and no garbage
 * collection behind it. Classes of one JVM share it: one with our definitions, one without.
 *
 * <p>A parameter of type {@link io.fabric8.kubernetes.client.KubernetesClient} is an
 * administrator's client whose namespace is fresh for the class or the test that asked for it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ApiServerExtension.class)
public @interface ApiServer {
  /** Whether the server has the custom resource definitions of this source tree, or none. */
  boolean crds() default true;
}
