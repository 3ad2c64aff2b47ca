package dev.qudag.node.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.net.Callers;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.Chunk;
import dev.qudag.proto.FetchRequest;
import dev.qudag.proto.ObjectStoreGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node gives of its repository, and what that costs it, over real git and TLS. */
class ObjectStoreServiceIT {
  private static final NodeIdentity NODE = NodeIdentity.generate();

  @TempDir Path folder;
  private CountedGit git;
  private NodeServer server;
  private ManagedChannel channel;

  @BeforeEach
  void serve() throws Exception {
    git = CountedGit.in(folder, "objects.git");
    server = NodeServer.start(NODE, 0);
    server.add(
        new ObjectStoreService(git.repository(), new Callers("anybody", caller -> true)).guarded());
    channel =
        new PinnedChannels(NodeIdentity.generate())
            .to("localhost", server.port(), NODE.tlsFingerprint());
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void givesACommitByOneProcessOfItsOwn() throws Exception {
    ObjectId commit = commit();
    git.forget();

    assertThat(fetch(commit.hex()).next().getData().toString(StandardCharsets.ISO_8859_1))
        .startsWith("# v2 git bundle\n" + commit.hex());
    assertThat(git.asked()).containsExactly("pack-objects");
  }

  @Test
  void packsOnceWhatManyAskFor() throws Exception {
    ObjectId commit = commit();
    git.forget();

    Chunk first = fetch(commit.hex()).next();
    assertThat(fetch(commit.hex()).next()).isEqualTo(first);
    assertThat(fetch(commit.hex()).next()).isEqualTo(first);

    assertThat(git.asked()).containsExactly("pack-objects");
  }

  @Test
  void saysThatItHasNoSuchCommit() {
    String unknown = "1".repeat(40);
    assertThatThrownBy(() -> fetch(unknown).hasNext())
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("NOT_FOUND")
        .hasMessageContaining("no commit " + unknown);
    assertThatThrownBy(() -> fetch("--all").hasNext()).hasMessageContaining("NOT_FOUND");
  }

  private ObjectId commit() {
    var meta = new CommitMeta("a", "a@example.invalid", "a", "a@example.invalid", 1, "first");
    ObjectId tree = git.repository().writeTree(Map.of("a", new byte[] {'1'}));
    return git.repository().writeCommit(CommitBuilder.bytes(tree, List.of(), meta));
  }

  private Iterator<Chunk> fetch(String want) {
    return ObjectStoreGrpc.newBlockingStub(channel)
        .fetch(FetchRequest.newBuilder().addWants(want).build());
  }
}
