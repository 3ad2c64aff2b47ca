package dev.qudag.node.fleet;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.BundleWriter;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.proto.SubmitChunk;
import dev.qudag.proto.SubmitHeader;
import dev.qudag.proto.SubmitResult;
import dev.qudag.proto.WorkspaceGatewayGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Hands commits in to a hub as so many workspaces, each with a grant, all with one key. */
final class Proposer {
  private static final Metadata.Key<byte[]> GRANT =
      Metadata.Key.of("qudag-grant-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final long CALL_SECONDS = 30;

  private final SwarmProcesses swarm;
  private final GitRepository clone;
  private final NodeIdentity identity = NodeIdentity.generate();
  private final ManagedChannel channel;

  /**
   * @param clone holds the commits, and what the branch began with
   */
  Proposer(SwarmProcesses swarm, GitRepository clone) {
    this.swarm = swarm;
    this.clone = clone;
    this.channel = swarm.channelToHub(identity);
  }

  /** Proposes a commit as a workspace of its own; the proposal's name. */
  String propose(String workspace, ObjectId commit) throws Exception {
    var statement =
        new AuthorStatement(
            swarm.genesis().chainId(),
            workspace,
            workspace,
            workspace,
            commit.hex(),
            swarm.genesis().branch(),
            "Change of " + workspace,
            System.currentTimeMillis());
    byte[] bundle = bundle(commit);
    var header =
        SubmitHeader.newBuilder()
            .setStatement(ByteString.copyFrom(statement.encode()))
            .setSignature(
                ByteString.copyFrom(identity.signingKey().sign(statement.encode()).toArray()))
            .setSize(bundle.length);
    SubmitResult result =
        submit(
            swarm.grant(identity, workspace),
            SubmitChunk.newBuilder().setHeader(header).build(),
            SubmitChunk.newBuilder().setData(ByteString.copyFrom(bundle)).build());
    if (!result.getRefusedReason().isEmpty()) {
      throw new IllegalStateException(
          result.getRefusedReason() + ": " + result.getRefusedMessage());
    }
    return result.getProposal();
  }

  private byte[] bundle(ObjectId commit) throws Exception {
    var bundle = new ByteArrayOutputStream();
    new BundleWriter(clone)
        .write(
            Map.of(RefName.of(swarm.genesis().branch()), commit),
            List.of(ObjectId.of(swarm.genesis().head())),
            bundle);
    return bundle.toByteArray();
  }

  private SubmitResult submit(SignedGrant grant, SubmitChunk header, SubmitChunk data)
      throws Exception {
    var headers = new Metadata();
    headers.put(GRANT, grant.encode());
    BlockingClientCall<SubmitChunk, SubmitResult> call =
        WorkspaceGatewayGrpc.newBlockingV2Stub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
            .submit();
    if (call.write(header)) {
      boolean unused = call.write(data);
    }
    call.halfClose();
    return call.read();
  }
}
