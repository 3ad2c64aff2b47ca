package dev.qudag.node.hub;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.NodeRole;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.main.NodeEnvironment;
import dev.qudag.node.main.NodeRuntime;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.EnrolmentGrpc;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.HubState;
import dev.qudag.proto.JoinRequest;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.WatchRequest;
import dev.qudag.proto.WorkspaceGatewayGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A hub with all of its network, in this process; its operator, its workspace and its validators are the test's. */
final class TestingHubNode implements AutoCloseable {
  final TestingChain chain;
  final TestingValidators validators;
  final HubRepository repository;
  private final Path volume;
  private final NodeRuntime node;
  private final List<ManagedChannel> channels = new ArrayList<>();

  private TestingHubNode(Path volume, TestingChain known, TestingValidators running, NodeIdentity operator)
      throws Exception {
    this.volume = volume;
    Path data = volume.resolve("data");
    Files.createDirectories(data);
    Files.writeString(volume.resolve("token"), "projected");
    repository = HubRepository.open(data, "main");
    Seed.plant(repository, data.resolve("no-seed"), "s");
    NodeIdentity hub = NodeIdentity.loadOrCreate(data.resolve("identity"));
    chain = known != null ? known : new TestingChain(4, operator, hub, repository.head().hex());
    validators = running != null ? running : new TestingValidators(chain);
    node =
        NodeRuntime.open(
            NodeEnvironment.of(variables(data, operator, validators.addresses())), NodeRole.HUB);
    node.start(() -> repository.head().hex());
    join();
    HubServer.serve(node, node.awaitGenesis(), repository);
  }

  static TestingHubNode start(Path volume) throws Exception {
    return new TestingHubNode(volume, null, null, NodeIdentity.generate());
  }

  /** Ends the hub and starts it again on its volume; the validators stay. */
  TestingHubNode restarted() throws Exception {
    stop();
    return new TestingHubNode(volume, chain, validators, chain.operator);
  }

  private static Map<String, String> variables(Path data, NodeIdentity operator, String addresses) {
    var variables = new HashMap<String, String>();
    variables.put("QUDAG_NODE_NAME", "s-hub");
    variables.put("QUDAG_NAMESPACE", "ns");
    variables.put("QUDAG_SWARM", "s");
    variables.put("QUDAG_SWARM_UID", "swarm-uid");
    variables.put("QUDAG_POD_NAME", "s-hub-0");
    variables.put("QUDAG_POD_UID", "pod-uid");
    variables.put("QUDAG_DATA", data.toString());
    variables.put("QUDAG_OPERATOR_TLS_FINGERPRINT", operator.tlsFingerprint().hex());
    variables.put("QUDAG_OPERATOR_KEY_FINGERPRINT", operator.verifyingKey().fingerprint().hex());
    variables.put("QUDAG_ENROL_TOKEN_FILE", data.resolveSibling("token").toString());
    variables.put("QUDAG_GRPC_PORT", "0");
    variables.put("QUDAG_HEALTH_PORT", "0");
    variables.put("QUDAG_ADDRESSES", addresses);
    return variables;
  }

  private void join() {
    EnrolmentGrpc.newBlockingStub(channelOf(chain.operator))
        .join(
            JoinRequest.newBuilder().setGenesis(ByteString.copyFrom(chain.genesis.encode())).build());
  }

  ManagedChannel channelOf(NodeIdentity caller) {
    ManagedChannel channel =
        new PinnedChannels(caller).to("localhost", node.grpcPort(), chain.hub.tlsFingerprint());
    channels.add(channel);
    return channel;
  }

  int port() {
    return node.grpcPort();
  }

  HubControlGrpc.HubControlBlockingStub operator() {
    return HubControlGrpc.newBlockingStub(channelOf(chain.operator));
  }

  io.grpc.Channel workspaceChannel() {
    var headers = new Metadata();
    headers.put(WorkspaceGrants.HEADER, chain.grant().encode());
    return io.grpc.ClientInterceptors.intercept(
        channelOf(chain.workspace), MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  WorkspaceGatewayGrpc.WorkspaceGatewayBlockingStub workspace() {
    return WorkspaceGatewayGrpc.newBlockingStub(workspaceChannel());
  }

  HubState state() {
    return operator().watch(WatchRequest.getDefaultInstance()).next();
  }

  Proposal proposal(String name) {
    return state().getProposalsList().stream()
        .filter(proposal -> proposal.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void stop() throws IOException {
    channels.forEach(ManagedChannel::shutdownNow);
    node.close();
  }

  @Override
  public void close() throws IOException {
    stop();
    validators.close();
  }
}
