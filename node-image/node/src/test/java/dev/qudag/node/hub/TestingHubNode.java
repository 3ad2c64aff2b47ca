package dev.qudag.node.hub;

import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.repository.Seed;
import dev.qudag.node.main.NodeEnvironment;
import dev.qudag.node.main.NodeRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A hub with all of its network, in this process; its operator, its workspace and its validators
 * are the test's.
 */
final class TestingHubNode implements AutoCloseable {
  final TestingChain chain;
  final TestingValidators validators;
  final HubRepository repository;
  final TestingHubClient client;
  private final Path volume;
  private final NodeRuntime node;

  private TestingHubNode(
      Path volume, HubRepository repository, TestingChain chain, TestingValidators validators)
      throws Exception {
    this.volume = volume;
    this.repository = repository;
    this.chain = chain;
    this.validators = validators;
    Map<String, String> variables =
        variables(volume, "s-hub", chain.operator, validators.addresses());
    node = NodeRuntime.open(NodeEnvironment.of(variables), NodeRole.HUB);
    node.start(() -> repository.head().hex());
    client = new TestingHubClient(chain, node.grpcPort());
    client.join();
    HubServer.serve(node, node.awaitGenesis(), repository, Optional.empty());
  }

  static TestingHubNode start(Path volume) throws Exception {
    Path data = Files.createDirectories(volume.resolve("data"));
    Files.writeString(volume.resolve("token"), "projected");
    HubRepository repository = HubRepository.open(data, "main");
    Seed.plant(repository, data.resolve("no-seed"), "s");
    NodeIdentity hub = NodeIdentity.loadOrCreate(data.resolve("identity"));
    var chain = new TestingChain(4, NodeIdentity.generate(), hub, repository.head().hex());
    return new TestingHubNode(volume, repository, chain, new TestingValidators(chain));
  }

  /** Ends the hub and starts it again on its volume; the validators stay. */
  TestingHubNode restarted() throws Exception {
    stop();
    return new TestingHubNode(
        volume, HubRepository.open(volume.resolve("data"), "main"), chain, validators);
  }

  /** The environment of a node whose volume is {@code data} in the folder, on free ports. */
  static Map<String, String> variables(
      Path folder, String name, NodeIdentity operator, String addresses) {
    var variables = new HashMap<String, String>();
    variables.put("QUDAG_NODE_NAME", name);
    variables.put("QUDAG_NAMESPACE", "ns");
    variables.put("QUDAG_SWARM", "s");
    variables.put("QUDAG_SWARM_UID", "swarm-uid");
    variables.put("QUDAG_POD_NAME", name + "-0");
    variables.put("QUDAG_POD_UID", "pod-uid");
    variables.put("QUDAG_DATA", folder.resolve("data").toString());
    variables.put("QUDAG_OPERATOR_TLS_FINGERPRINT", operator.tlsFingerprint().hex());
    variables.put("QUDAG_OPERATOR_KEY_FINGERPRINT", operator.verifyingKey().fingerprint().hex());
    variables.put("QUDAG_ENROL_TOKEN_FILE", folder.resolve("token").toString());
    variables.put("QUDAG_GRPC_PORT", "0");
    variables.put("QUDAG_HEALTH_PORT", "0");
    variables.put("QUDAG_TREE_PORT", "0");
    variables.put("QUDAG_ADDRESSES", addresses);
    return variables;
  }

  private void stop() throws IOException {
    client.close();
    node.close();
  }

  @Override
  public void close() throws IOException {
    stop();
    validators.close();
  }
}
