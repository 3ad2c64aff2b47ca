package dev.qudag.node.fleet;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for nodes that die and come back. */
final class Ports {
  /** Below those that a system gives its clients: none of them takes the port of a dead node. */
  private static final int FIRST = 15_000;

  private static final int BEHIND_LAST = 30_000;
  private static final int MOST_TRIES = 1000;

  /** Between being found and being listened on, a port is free. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** One that nobody listens on now, and that nobody here was given. */
  static int free() throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST);
      if (isFree(port) && GIVEN.add(port)) {
        return port;
      }
    }
    throw new IOException("no free port from " + FIRST + " to " + (BEHIND_LAST - 1));
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
