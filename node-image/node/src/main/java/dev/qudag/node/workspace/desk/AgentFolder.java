package dev.qudag.node.workspace.desk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes into a folder that belongs to the agent. */
final class AgentFolder {

  private AgentFolder() {}

  /** A new file that is moved into place: nothing that stands there is followed or opened. */
  static void put(Path folder, String name, byte[] content) throws IOException {
    Path made = folder.resolve("." + UUID.randomUUID());
    try (var channel =
        FileChannel.open(
            made,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      var left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }
    Files.move(made, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
