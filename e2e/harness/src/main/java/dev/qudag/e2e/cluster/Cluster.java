package dev.qudag.e2e.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test class runs on the cluster of {@code e2e/cluster up}, which is started if it does not
 * run.
 *
 * <p>A parameter of type {@link io.fabric8.kubernetes.client.KubernetesClient} is an
 * administrator's client whose namespace is fresh and enforces Pod Security {@code restricted}. The
 * namespace lives as long as what asked for it: for the whole class when it is a {@code @BeforeAll}
 * method or a constructor, else for one test. When a test fails, its pods' logs, events and objects
 * are written to {@code target/e2e/<test>/} first.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClusterExtension.class)
public @interface Cluster {}
