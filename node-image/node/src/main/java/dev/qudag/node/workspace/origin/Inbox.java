package dev.qudag.node.workspace.origin;

import dev.qudag.node.workspace.vcs.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The repository behind the agent's {@code origin}. It is never the one that the sidecar works in:
 * what an agent sends stays apart until the hub has taken it.
 *
 * <p>Two Git namespaces keep the two directions apart. {@code origin} is what a fetch sees: the
 * protected branch. Every push gets an empty namespace of its own, so that it is always a new
 * branch to the pusher: who proposes needs not be on top of what others landed meanwhile.
 */
public record Inbox(Git git, String branch) {

  private static final String ORIGIN = "origin";
  private static final String PUSH = "push-";
  private static final long MAX_PUSH_BYTES = 512L << 20;

  /** Makes the repository if need be, and drops what an earlier process left half-done. */
  public void open(Path repository) {
    try {
      if (!Files.exists(git.directory().resolve("HEAD"))) {
        git.init(branch);
      }
      configure();
      Path alternates = git.directory().resolve("objects/info/alternates");
      Files.createDirectories(alternates.getParent());
      Files.writeString(alternates, repository.resolve("objects") + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git.ask("symbolic-ref", namespaced(ORIGIN, "HEAD"), namespaced(ORIGIN, "refs/heads/" + branch));
    git.ask("for-each-ref", "--format=%(refname)", "refs/namespaces")
        .lines()
        .filter(ref -> ref.startsWith("refs/namespaces/" + PUSH))
        .forEach(ref -> git.ask("update-ref", "-d", ref));
    git.ask("prune", "--expire=now");
  }

  /** What is larger than the threshold git does not have in memory as a whole. */
  private void configure() {
    Map.of(
            "http.receivepack", "true",
            "receive.fsckObjects", "true",
            "receive.maxInputSize", Long.toString(MAX_PUSH_BYTES),
            "receive.autogc", "false",
            "receive.denyDeletes", "true",
            "core.hooksPath", "/dev/null",
            "core.alternateRefsCommand", "true",
            "core.bigFileThreshold", "16m",
            "gc.auto", "0")
        .forEach((key, value) -> git.ask("config", key, value));
  }

  /**
   * What a fetch gives from now on; the commit is in the sidecar's repository, which this one
   * borrows from.
   */
  public void show(String head) {
    git.ask("update-ref", namespaced(ORIGIN, "refs/heads/" + branch), head);
  }

  static String originNamespace() {
    return ORIGIN;
  }

  static String newPushNamespace() {
    return PUSH + UUID.randomUUID();
  }

  /** The pushed commit, if the push was received. */
  Optional<String> pushed(String namespace, String ref) {
    return git.commit(namespaced(namespace, ref));
  }

  void drop(String namespace, String ref) {
    git.command("update-ref", "-d", namespaced(namespace, ref)).run();
  }

  static String namespaced(String namespace, String ref) {
    return "refs/namespaces/" + namespace + "/" + ref;
  }
}
