package dev.qudag.node.main;

import dev.qudag.crypto.Digest;
import dev.qudag.node.enrol.Enrolment;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator tells a node by environment variables. A value that is missing or wrong is
 * refused with the variable's name, the value and what was expected.
 *
 * @param name the node's name: its Service for hub and validators, the Workspace for workspaces
 * @param data the private volume
 * @param operatorTls SHA-256 of the operator's TLS key
 * @param operatorKey SHA-256 of the operator's signing key
 * @param enrolTokenFile the projected token that proves which pod this is
 */
public record NodeEnvironment(
    String name,
    String namespace,
    String swarm,
    String swarmUid,
    String podName,
    String podUid,
    Path data,
    Digest operatorTls,
    Digest operatorKey,
    Path enrolTokenFile,
    int grpcPort,
    int healthPort,
    boolean crashPoints,
    Map<String, String> variables) {

  private static final int PORT = 7443;
  private static final String DATA = "/var/lib/qudag";
  private static final String TOKEN = "/var/run/secrets/qudag/token";

  /**
   * Reads the variables that every role has; {@link #required} and its kin read the ones of a
   * single role.
   */
  public static NodeEnvironment of(Map<String, String> variables) {
    var reader = new Reader(variables);
    return new NodeEnvironment(
        reader.required("QUDAG_NODE_NAME"),
        reader.required("QUDAG_NAMESPACE"),
        reader.required("QUDAG_SWARM"),
        reader.required("QUDAG_SWARM_UID"),
        reader.required("QUDAG_POD_NAME"),
        reader.required("QUDAG_POD_UID"),
        Path.of(reader.optional("QUDAG_DATA").orElse(DATA)),
        reader.fingerprint("QUDAG_OPERATOR_TLS_FINGERPRINT"),
        reader.fingerprint("QUDAG_OPERATOR_KEY_FINGERPRINT"),
        Path.of(reader.optional("QUDAG_ENROL_TOKEN_FILE").orElse(TOKEN)),
        reader.number("QUDAG_GRPC_PORT", PORT),
        reader.number("QUDAG_HEALTH_PORT", 9090),
        reader.optional("QUDAG_TEST_CRASH_POINTS").filter("true"::equals).isPresent(),
        Map.copyOf(variables));
  }

  /** The operator that this node obeys. */
  public Enrolment.Trust trust() {
    return new Enrolment.Trust(operatorTls, operatorKey, enrolTokenFile);
  }

  /**
   * Where a node of the genesis is reached, {@code host:port}: its name is its Service. {@code
   * QUDAG_ADDRESSES} ({@code name=host:port,...}) says otherwise where there is no cluster.
   */
  public String addressOf(String node) {
    for (String entry : optional("QUDAG_ADDRESSES").orElse("").split(",")) {
      if (entry.startsWith(node + "=")) {
        return entry.substring(node.length() + 1);
      }
    }
    return node + ":" + PORT;
  }

  public String required(String variable) {
    return new Reader(variables).required(variable);
  }

  public Optional<String> optional(String variable) {
    return new Reader(variables).optional(variable);
  }

  public int number(String variable, int otherwise) {
    return new Reader(variables).number(variable, otherwise);
  }

  /** The variables as the process got them. */
  public record Reader(Map<String, String> variables) {
    public String required(String variable) {
      return optional(variable)
          .orElseThrow(
              () -> new InvalidEnvironment("environment variable " + variable + " is not set"));
    }

    public Optional<String> optional(String variable) {
      return Optional.ofNullable(variables.get(variable))
          .map(String::strip)
          .filter(value -> !value.isEmpty());
    }

    public int number(String variable, int otherwise) {
      Optional<String> value = optional(variable);
      try {
        return value.map(Integer::parseInt).orElse(otherwise);
      } catch (NumberFormatException e) {
        throw new InvalidEnvironment(
            "environment variable "
                + variable
                + "="
                + value.orElseThrow()
                + ": expected a whole number",
            e);
      }
    }

    /** A SHA-256 in 64 hex digits. */
    public Digest fingerprint(String variable) {
      String value = required(variable);
      try {
        return Digest.ofHex(value.toLowerCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new InvalidEnvironment(
            "environment variable "
                + variable
                + "="
                + value
                + ": expected a SHA-256 in 64 hex digits",
            e);
      }
    }
  }
}
