package dev.qudag.node.hub.repository;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.BundleWriter;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.net.Callers;
import dev.qudag.node.net.ChunkWriter;
import dev.qudag.node.net.StreamWriter;
import dev.qudag.proto.Chunk;
import dev.qudag.proto.FetchRequest;
import dev.qudag.proto.ObjectStoreGrpc;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives validators the objects that they need to derive a commit again: a bundle with a ref for
 * each commit wanted.
 */
public final class ObjectStoreService extends ObjectStoreGrpc.ObjectStoreImplBase {
  private final Genesis genesis;
  private final GitRepository repository;

  public ObjectStoreService(Genesis genesis, GitRepository repository) {
    this.genesis = genesis;
    this.repository = repository;
  }

  public ServerServiceDefinition guarded() {
    return new Callers(
            "a validator",
            caller ->
                genesis.members().stream()
                    .anyMatch(member -> member.tlsFingerprint().equals(caller)))
        .guard(this);
  }

  @Override
  public void fetch(FetchRequest request, StreamObserver<Chunk> call) {
    Map<RefName, ObjectId> wants = new LinkedHashMap<>();
    for (String want : request.getWantsList()) {
      ObjectId commit =
          ObjectId.parse(want)
              .filter(repository::hasCommit)
              .orElseThrow(
                  () ->
                      Status.NOT_FOUND
                          .withDescription("the hub has no commit " + want)
                          .asRuntimeException());
      wants.put(RefName.of("refs/qudag/wants/" + commit), commit);
    }
    List<ObjectId> haves =
        request.getHavesList().stream().flatMap(have -> ObjectId.parse(have).stream()).toList();
    StreamWriter.answer(
        call,
        out -> {
          try (var chunks = new ChunkWriter(out)) {
            new BundleWriter(repository).write(wants, haves, chunks);
          }
        });
  }
}
