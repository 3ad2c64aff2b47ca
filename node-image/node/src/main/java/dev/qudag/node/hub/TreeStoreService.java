package dev.qudag.node.hub;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.TreeArchive;
import dev.qudag.node.net.ChunkWriter;
import dev.qudag.node.net.StreamWriter;
import dev.qudag.proto.Chunk;
import dev.qudag.proto.FetchTreeRequest;
import dev.qudag.proto.TreeStoreGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/** Gives a check's Job the one tree that its token is good for. Whoever has the token may call. */
final class TreeStoreService extends TreeStoreGrpc.TreeStoreImplBase {
  private final GitRepository repository;
  private final TreeTokens tokens;

  TreeStoreService(GitRepository repository, TreeTokens tokens) {
    this.repository = repository;
    this.tokens = tokens;
  }

  @Override
  public void fetchTree(FetchTreeRequest request, StreamObserver<Chunk> call) {
    ObjectId tree =
        tokens
            .treeOf(request.getToken())
            .orElseThrow(
                () ->
                    Status.PERMISSION_DENIED
                        .withDescription("this token is good for no tree")
                        .asRuntimeException());
    StreamWriter.answer(
        call,
        out -> {
          try (var chunks = new ChunkWriter(out)) {
            new TreeArchive(repository).write(tree, chunks);
          }
        });
  }
}
