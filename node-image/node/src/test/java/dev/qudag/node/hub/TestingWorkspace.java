package dev.qudag.node.hub;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.BundleImporter;
import dev.qudag.merge.git.BundleWriter;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.proto.Chunk;
import dev.qudag.proto.CloneRequest;
import dev.qudag.proto.SubmitChunk;
import dev.qudag.proto.SubmitHeader;
import dev.qudag.proto.SubmitResult;
import dev.qudag.proto.WorkspaceGatewayGrpc;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A workspace's clone, and its calls to the hub over real TLS. */
final class TestingWorkspace {
  final GitRepository git;
  private final TestingHubClient hub;
  private final Path folder;
  private ObjectId base;

  TestingWorkspace(TestingHubClient hub, Path folder) throws IOException {
    this.hub = hub;
    this.folder = Files.createDirectories(folder);
    this.git = GitRepository.openOrInit(folder.resolve("clone.git"), RefName.branch("main"));
    this.base = pull();
  }

  /** Gets the branch as it is now. */
  ObjectId pull() throws IOException {
    ObjectId head = ObjectId.of(hub.state().getHead());
    Path bundle = folder.resolve("clone.bundle");
    Iterator<Chunk> chunks = hub.workspace().clone(CloneRequest.getDefaultInstance());
    try (OutputStream out = Files.newOutputStream(bundle)) {
      while (chunks.hasNext()) {
        chunks.next().getData().writeTo(out);
      }
    }
    if (!(new BundleImporter(git).importBundle(bundle, head)
        instanceof BundleImporter.Result.Imported)) {
      throw new IllegalStateException("the hub's bundle does not bring its head");
    }
    base = head;
    return head;
  }

  /** A commit that writes one file onto what was last pulled. */
  ObjectId commit(String path, String content) {
    Map<String, byte[]> files = new TreeMap<>();
    git.entries(base)
        .forEach(
            entry ->
                files.put(
                    new String(entry.path(), StandardCharsets.UTF_8), git.content(entry.id())));
    files.put(path, content.getBytes(StandardCharsets.UTF_8));
    var meta = new CommitMeta("a", "a@example.invalid", "a", "a@example.invalid", 1, path);
    return git.writeCommit(CommitBuilder.bytes(git.writeTree(files), List.of(base), meta));
  }

  SubmitResult propose(ObjectId commit, String title) throws Exception {
    return submit(header(hub.chain.statement(commit.hex(), title), commit).build(), bundle(commit));
  }

  SubmitResult keep(ObjectId commit, String podUid) throws Exception {
    AuthorStatement statement = hub.chain.statement(commit.hex(), "Snapshot");
    return submit(
        header(statement, commit).setCandidate(true).setPodUid(podUid).build(), bundle(commit));
  }

  SubmitHeader.Builder header(AuthorStatement statement, ObjectId commit) throws IOException {
    byte[] signature = hub.chain.workspace.signingKey().sign(statement.encode()).toArray();
    return SubmitHeader.newBuilder()
        .setStatement(ByteString.copyFrom(statement.encode()))
        .setSignature(ByteString.copyFrom(signature))
        .setSize(bundle(commit).length);
  }

  byte[] bundle(ObjectId commit) throws IOException {
    var out = new ByteArrayOutputStream();
    new BundleWriter(git).write(Map.of(RefName.of("refs/heads/main"), commit), List.of(base), out);
    return out.toByteArray();
  }

  SubmitResult submit(SubmitHeader header, byte[] bundle) throws Exception {
    var result = new CompletableFuture<SubmitResult>();
    StreamObserver<SubmitChunk> out =
        WorkspaceGatewayGrpc.newStub(hub.workspaceChannel()).submit(new Receiver(result));
    out.onNext(SubmitChunk.newBuilder().setHeader(header).build());
    out.onNext(SubmitChunk.newBuilder().setData(ByteString.copyFrom(bundle)).build());
    out.onCompleted();
    return result.get(30, TimeUnit.SECONDS);
  }

  /** Proposes a new file on what this clone has, and has it decided; the proposal's name. */
  String proposeAndDecide(String file) throws Exception {
    String name = propose(commit(file, file), "Add " + file).getProposal();
    hub.decide(name, hub.analyse(name));
    return name;
  }

  /** Proposes new files, each by a change of its own on what this clone has; their names. */
  List<String> proposeStack(String... files) throws Exception {
    List<String> names = new ArrayList<>();
    for (String file : files) {
      ObjectId commit = commit(file, file);
      AuthorStatement statement = hub.chain.statement(commit.hex(), "Add " + file);
      names.add(
          submit(header(statement, commit).setStack(true).build(), bundle(commit)).getProposal());
    }
    return names;
  }

  private record Receiver(CompletableFuture<SubmitResult> result)
      implements StreamObserver<SubmitResult> {
    @Override
    public void onNext(SubmitResult value) {
      result.complete(value);
    }

    @Override
    public void onError(Throwable failure) {
      result.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }
}
