package dev.qudag.node.hub.book;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What the hub knows of workspaces: candidates and handovers on disk, heartbeats in memory. */
public final class WorkspaceBook {
  /**
   * Where a workspace said that it is.
   *
   * @param refusedFiles new files that it does not hand in
   * @param conflicts paths that a sync left in conflict
   */
  public record Beat(
      String revision,
      int ahead,
      int behind,
      List<String> refusedFiles,
      List<String> conflicts,
      long atMillis) {
    public static final Beat NONE = new Beat("", 0, 0, List.of(), List.of(), 0);
  }

  private final Shelf<HubWorkspace> workspaces;
  private final Map<String, Beat> beats = new HashMap<>();
  private final Changes changes;

  private WorkspaceBook(Shelf<HubWorkspace> workspaces, Changes changes) {
    this.workspaces = workspaces;
    this.changes = changes;
  }

  public static WorkspaceBook open(Path data, Changes changes) throws IOException {
    return new WorkspaceBook(Shelf.open(data.resolve("workspaces"), HubWorkspace.class), changes);
  }

  public synchronized List<HubWorkspace> all() {
    return workspaces.all();
  }

  public synchronized Optional<HubWorkspace> find(String uid) {
    return workspaces.find(uid);
  }

  public synchronized Beat beat(String uid) {
    return beats.getOrDefault(uid, Beat.NONE);
  }

  /** Changes what is kept; nothing is written when it stays the same. */
  public synchronized void update(String uid, String name, UnaryOperator<HubWorkspace> change) {
    Optional<HubWorkspace> known = workspaces.find(uid);
    HubWorkspace next = change.apply(known.orElseGet(() -> HubWorkspace.unknown(uid, name)));
    if (known.isEmpty() || !known.get().equals(next)) {
      workspaces.put(uid, next);
      changes.signal();
    }
  }

  public synchronized void beat(String uid, String name, Beat beat) {
    beats.put(uid, beat);
    update(uid, name, workspace -> workspace);
    changes.signal();
  }
}
