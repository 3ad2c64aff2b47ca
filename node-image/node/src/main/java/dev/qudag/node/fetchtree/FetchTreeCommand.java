package dev.qudag.node.fetchtree;

import dev.qudag.node.main.JsonLog;
import dev.qudag.node.main.NodeEnvironment;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.Chunk;
import dev.qudag.proto.FetchTreeRequest;
import dev.qudag.proto.TreeStoreGrpc;
import io.grpc.ManagedChannel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * Fetches the tree of a check into an empty folder. The Job starts it again when it fails, with its
 * back-off.
 */
@Command(
    name = "fetch-tree",
    description = "Fetches the tree of a check from the hub, by its token.")
public final class FetchTreeCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger(FetchTreeCommand.class.getName());
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @Override
  public Integer call() throws IOException {
    fetch(new NodeEnvironment.Reader(System.getenv()));
    return ExitCode.OK;
  }

  /** Fetches the tree that the variables name. */
  public static void fetch(NodeEnvironment.Reader environment) throws IOException {
    JsonLog.install("fetch-tree", environment.optional("QUDAG_POD_NAME").orElse(""));
    Path folder = Path.of(environment.required("QUDAG_TREE_DIR"));
    String token = environment.required("QUDAG_TREE_TOKEN");
    ManagedChannel hub =
        PinnedChannels.anonymous(
            environment.required("QUDAG_HUB"),
            environment.fingerprint("QUDAG_HUB_TLS_FINGERPRINT"));
    try {
      Iterator<Chunk> tar =
          TreeStoreGrpc.newBlockingStub(hub)
              .withWaitForReady()
              .withDeadlineAfter(LIMIT.toSeconds(), TimeUnit.SECONDS)
              .fetchTree(FetchTreeRequest.newBuilder().setToken(token).build());
      int files =
          new TarExtractor(empty(folder)).extract(new BufferedInputStream(new ChunkStream(tar)));
      LOG.log(System.Logger.Level.INFO, "{0} files in {1}", files, folder);
    } finally {
      hub.shutdownNow();
    }
  }

  /** A Job's container that is started again finds what the first run left. */
  private static Path empty(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (var left = Files.walk(folder)) {
      for (Path path :
          left.sorted(Comparator.reverseOrder()).filter(path -> !path.equals(folder)).toList()) {
        Files.delete(path);
      }
    }
    return folder;
  }
}
