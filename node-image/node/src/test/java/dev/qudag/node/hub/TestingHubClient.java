package dev.qudag.node.hub;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.AnalyzeRequest;
import dev.qudag.proto.DecideRequest;
import dev.qudag.proto.EnrolmentGrpc;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.HubState;
import dev.qudag.proto.JoinRequest;
import dev.qudag.proto.OrderRevertRequest;
import dev.qudag.proto.OrderRevertResponse;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.WatchRequest;
import dev.qudag.proto.WorkspaceGatewayGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls a hub as its operator, its workspace, or whoever a test likes, over real TLS. */
final class TestingHubClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  final TestingChain chain;
  private final int port;
  private final List<ManagedChannel> channels = new ArrayList<>();

  TestingHubClient(TestingChain chain, int port) {
    this.chain = chain;
    this.port = port;
  }

  ManagedChannel channelOf(NodeIdentity caller) {
    return channelTo(caller, port, chain.hub.tlsFingerprint());
  }

  private ManagedChannel channelTo(NodeIdentity caller, int to, Digest expected) {
    ManagedChannel channel = new PinnedChannels(caller).to("localhost", to, expected);
    channels.add(channel);
    return channel;
  }

  int port() {
    return port;
  }

  HubControlGrpc.HubControlBlockingStub operator() {
    return HubControlGrpc.newBlockingStub(channelOf(chain.operator));
  }

  Channel workspaceChannel() {
    var headers = new Metadata();
    headers.put(WorkspaceGrants.HEADER, chain.grant().encode());
    return ClientInterceptors.intercept(
        channelOf(chain.workspace), MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  WorkspaceGatewayGrpc.WorkspaceGatewayBlockingStub workspace() {
    return WorkspaceGatewayGrpc.newBlockingStub(workspaceChannel());
  }

  /** Hands over the genesis, as the operator. */
  void join() {
    join(port, chain.hub);
  }

  void join(int nodePort, NodeIdentity node) {
    EnrolmentGrpc.newBlockingStub(channelTo(chain.operator, nodePort, node.tlsFingerprint()))
        .withWaitForReady()
        .join(
            JoinRequest.newBuilder()
                .setGenesis(ByteString.copyFrom(chain.genesis.encode()))
                .build());
  }

  /** As {@link #join(int, NodeIdentity)}, with the grant that a workspace needs. */
  void join(int nodePort, NodeIdentity workspace, SignedGrant grant) {
    var ignored =
        EnrolmentGrpc.newBlockingStub(
                channelTo(chain.operator, nodePort, workspace.tlsFingerprint()))
            .withWaitForReady()
            .join(
                JoinRequest.newBuilder()
                    .setGenesis(ByteString.copyFrom(chain.genesis.encode()))
                    .setGrant(ByteString.copyFrom(grant.encode()))
                    .build());
  }

  HubState state() {
    return operator().withWaitForReady().watch(WatchRequest.getDefaultInstance()).next();
  }

  /** Waits until the hub serves, which it does on a new volume when enough validators answer. */
  void awaitService() {
    await().atMost(PATIENCE).ignoreExceptions().until(this::state, state -> true);
  }

  Proposal proposal(String name) {
    return state().getProposalsList().stream()
        .filter(proposal -> proposal.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until the proposal is on the branch, also through a hub that is down for a while. */
  Proposal awaitLanded(String name) {
    return await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> proposal(name), proposal -> proposal.getState() == ProposalState.LANDED);
  }

  /** Onto the head of the branch. */
  Analysis analyse(String name) {
    return operator()
        .analyze(AnalyzeRequest.newBuilder().setProposal(name).setBase(state().getHead()).build());
  }

  void decide(String name, Analysis analysis) {
    operator()
        .decide(
            DecideRequest.newBuilder()
                .setProposal(name)
                .setBase(analysis.getBase())
                .setCommit(analysis.getCommit())
                .build());
  }

  /** That these land together, each on the one before it; where the branch will stand. */
  String decideTogether(List<String> names) {
    String base = state().getHead();
    String at = base;
    for (String name : names) {
      at =
          operator()
              .analyze(AnalyzeRequest.newBuilder().setProposal(name).setBase(at).build())
              .getCommit();
    }
    var unused =
        operator()
            .decide(
                DecideRequest.newBuilder()
                    .setProposal(names.getFirst())
                    .addAllTogether(names.subList(1, names.size()))
                    .setBase(base)
                    .setCommit(at)
                    .build());
    return at;
  }

  /** Hands in a person's order to undo a landed commit, as the operator. */
  OrderRevertResponse orderRevert(RevertOrder order) {
    RevertOrder.Signed signed = order.sign(chain.operator.signingKey());
    return operator()
        .orderRevert(
            OrderRevertRequest.newBuilder()
                .setOrder(ByteString.copyFrom(order.encode()))
                .setSignature(ByteString.copyFrom(signed.signature().toArray()))
                .build());
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
