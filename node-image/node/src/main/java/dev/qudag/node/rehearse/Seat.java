package dev.qudag.node.rehearse;

import dev.qudag.crypto.NodeIdentity;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where one node sits: its folder, its ports, its key. The key is made before the node starts, so
 * that the operator knows it.
 */
record Seat(String name, Path folder, int port, int healthPort, NodeIdentity identity) {
  static Seat of(String name, Path parent) throws IOException {
    Path folder = parent.resolve(name);
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("token"), "rehearsal");
    return new Seat(
        name, folder, freePort(), freePort(), NodeIdentity.loadOrCreate(data.resolve("identity")));
  }

  String address() {
    return "localhost:" + port;
  }

  Path data() {
    return folder.resolve("data");
  }

  /** What the operator would set on the node's container. */
  Map<String, String> variables(NodeIdentity operator) {
    var variables = new HashMap<>(System.getenv());
    variables.put("QUDAG_NODE_NAME", name);
    variables.put("QUDAG_NAMESPACE", "rehearsal");
    variables.put("QUDAG_SWARM", "s");
    variables.put("QUDAG_SWARM_UID", "swarm-uid");
    variables.put("QUDAG_POD_NAME", name + "-0");
    variables.put("QUDAG_POD_UID", "pod-uid");
    variables.put("QUDAG_DATA", data().toString());
    variables.put("QUDAG_OPERATOR_TLS_FINGERPRINT", operator.tlsFingerprint().hex());
    variables.put("QUDAG_OPERATOR_KEY_FINGERPRINT", operator.verifyingKey().fingerprint().hex());
    variables.put("QUDAG_ENROL_TOKEN_FILE", folder.resolve("token").toString());
    variables.put("QUDAG_GRPC_PORT", Integer.toString(port));
    variables.put("QUDAG_HEALTH_PORT", Integer.toString(healthPort));
    variables.put("QUDAG_TREE_PORT", "0");
    return variables;
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
