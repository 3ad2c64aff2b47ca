package dev.qudag.node.objects;

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
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives other nodes the objects of this one's repository: a bundle with a ref for each commit
 * wanted. Validators derive commits again from the hub's; a hub that lost its volume comes back
 * from the validators'.
 */
public final class ObjectStoreService extends ObjectStoreGrpc.ObjectStoreImplBase {
  private final BundleWriter bundles;
  private final Callers callers;

  public ObjectStoreService(GitRepository repository, Callers callers) {
    this.bundles = new BundleWriter(repository);
    this.callers = callers;
  }

  public ServerServiceDefinition guarded() {
    return callers.guard(this);
  }

  @Override
  public void fetch(FetchRequest request, StreamObserver<Chunk> call) {
    Map<RefName, ObjectId> wants = new LinkedHashMap<>();
    for (String want : request.getWantsList()) {
      ObjectId commit = ObjectId.parse(want).orElseThrow(() -> notFound("no commit " + want));
      wants.put(RefName.of("refs/qudag/wants/" + commit), commit);
    }
    List<ObjectId> haves =
        request.getHavesList().stream().flatMap(have -> ObjectId.parse(have).stream()).toList();
    StreamWriter.answer(
        call,
        out -> {
          try (var chunks = new ChunkWriter(out)) {
            bundles.write(wants, haves, chunks);
          } catch (IllegalArgumentException unknown) {
            throw notFound(unknown.getMessage());
          }
        });
  }

  private static StatusRuntimeException notFound(@Nullable String what) {
    return Status.NOT_FOUND.withDescription(what).asRuntimeException();
  }
}
