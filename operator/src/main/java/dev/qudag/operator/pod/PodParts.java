package dev.qudag.operator.pod;

import dev.qudag.operator.node.PodTokens;
import dev.qudag.operator.node.Ports;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;

/** Parts that all node pods share, within Pod Security {@code restricted}. */
public final class PodParts {
  /** The one user of all containers. */
  public static final long USER = 10001;

  public static final String TOKEN_VOLUME = "enrol-token";
  public static final String DATA_PATH = "/var/lib/qudag";
  public static final String SEED_PATH = "/etc/qudag/seed";
  public static final String UPSTREAM_PATH = "/etc/qudag/upstream";

  /** The key that signs what lands. */
  public static final String SIGNING_PATH = "/etc/qudag/signing";

  private static final String TOKEN_PATH = "/var/run/secrets/qudag";
  private static final long TOKEN_SECONDS = 3600;

  private PodParts() {}

  public static PodSecurityContext podSecurity() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        .withFsGroupChangePolicy("OnRootMismatch")
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  /**
   * What a container may do.
   *
   * @param readOnlyRoot whether its own file system is read-only; volumes are not concerned
   */
  public static SecurityContext containerSecurity(boolean readOnlyRoot) {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(readOnlyRoot)
        .withRunAsNonRoot(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  /** The token that proves which pod speaks. The API server takes it for nothing else. */
  public static Volume tokenVolume() {
    return new VolumeBuilder()
        .withName(TOKEN_VOLUME)
        .withNewProjected()
        .addNewSource()
        .withNewServiceAccountToken()
        .withAudience(PodTokens.AUDIENCE)
        .withExpirationSeconds(TOKEN_SECONDS)
        .withPath("token")
        .endServiceAccountToken()
        .endSource()
        .endProjected()
        .build();
  }

  public static VolumeMount tokenMount() {
    return new VolumeMountBuilder()
        .withName(TOKEN_VOLUME)
        .withMountPath(TOKEN_PATH)
        .withReadOnly(true)
        .build();
  }

  /** Scratch space for the Java runtime and git. */
  public static Volume tmpVolume() {
    return new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build();
  }

  public static VolumeMount mount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
  }

  public static List<ContainerPort> ports() {
    return List.of(port("grpc", Ports.GRPC), port("http", Ports.HTTP));
  }

  private static ContainerPort port(String name, int number) {
    return new ContainerPortBuilder()
        .withName(name)
        .withContainerPort(number)
        .withProtocol("TCP")
        .build();
  }

  /** A quick first look every second, for as long as a start may take. */
  public static Probe startup(String path, int seconds) {
    return probe(path).withPeriodSeconds(1).withFailureThreshold(seconds).build();
  }

  public static Probe readiness(String path) {
    return probe(path).withPeriodSeconds(1).withFailureThreshold(3).build();
  }

  public static Probe liveness(String path) {
    return probe(path).withPeriodSeconds(10).withFailureThreshold(6).build();
  }

  private static ProbeBuilder probe(String path) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withPort(new IntOrString(Ports.HTTP))
        .endHttpGet()
        .withTimeoutSeconds(2);
  }
}
