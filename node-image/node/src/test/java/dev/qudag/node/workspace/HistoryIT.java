package dev.qudag.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code qudag log|undo|restore|sync} as the agent runs them, with real jj and real git. */
class HistoryIT {

  @TempDir Path folder;
  private TestingHub hub;
  private TestingWorkspace workspace;

  private void start(boolean jujutsu) throws IOException {
    hub = new TestingHub(folder, Map.of("a", "1\n2\n3\n", "b", "b\n", "d", "d\n"));
    workspace = new TestingWorkspace(folder, hub, jujutsu, List.of(".env*"));
  }

  @AfterEach
  void stop() {
    workspace.close();
  }

  private Path file(String path) {
    return workspace.layout.tree().resolve(path);
  }

  private void step(String path, String text) throws IOException {
    workspace.write(path, text);
    workspace.bench.look("the task");
  }

  /** The id at the end of "what was before is operation ID: qudag restore ID". */
  private static String before(String text) {
    return text.substring(text.lastIndexOf("qudag restore ") + 14)
        .lines()
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void undoTakesBackOneChangeAfterTheOther(boolean jujutsu) throws IOException {
    start(jujutsu);
    step("new", "one\n");
    step("new", "two\n");
    workspace.write("new", "three\n");

    String undone = workspace.agent("qudag undo").orThrow().text();

    assertThat(file("new")).hasContent("two\n");
    workspace.agent("qudag undo").orThrow();
    assertThat(file("new")).hasContent("one\n");
    workspace.agent("qudag undo").orThrow();
    assertThat(file("new")).doesNotExist();
    assertThat(workspace.agent("qudag undo").err()).contains("NothingToUndo");
    workspace.agent("qudag restore " + before(undone)).orThrow();
    assertThat(file("new")).hasContent("three\n");
  }

  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void theLogNamesOperationsThatCanBeRestored(boolean jujutsu) throws IOException {
    start(jujutsu);
    step("new", "one\n");
    step("d", "changed\n");
    Files.delete(file("b"));

    List<String> log = workspace.agent("qudag log").orThrow().text().lines().toList();
    String second = log.get(1).substring(0, 12);
    String restored = workspace.agent("qudag restore " + second).orThrow().text();
    String again = workspace.agent("qudag restore " + second).orThrow().text();

    assertThat(log.getFirst()).matches("[0-9a-f]{12}  20[0-9T:-]+Z  snapshot");
    assertThat(log.getLast()).endsWith("  clone");
    assertThat(file("b")).hasContent("b\n");
    assertThat(file("d")).hasContent("changed\n");
    assertThat(again).contains("already");
    assertThat(workspace.agent("qudag log").orThrow().text()).contains("restore of " + second);
    workspace.agent("qudag restore " + before(restored)).orThrow();
    assertThat(file("b")).doesNotExist();
  }

  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void whatNamesNoOperationIsRefusedWithTheValue(boolean jujutsu) throws IOException {
    start(jujutsu);

    var unknown = workspace.agent("qudag restore 0123456789ab");
    var shell = workspace.agent("qudag restore --what=repo");
    var raw =
        workspace.agent(
            """
            printf 'restore\\noperation=--help\\n' > "$QUDAG_RUN/.x"; mv "$QUDAG_RUN/.x" "$QUDAG_RUN/request-x"
            until [ -e "$QUDAG_RUN/answer-x" ]; do sleep 0.1; done
            cat "$QUDAG_RUN/answer-x"
            """);

    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("UnknownOperation").contains("0123456789ab");
    assertThat(shell.code()).isEqualTo(2);
    assertThat(shell.err()).contains("--what=repo");
    assertThat(raw.text()).startsWith("2\n").contains("'--help' names no operation");
  }

  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void aCleanSyncPutsTheWorkOnTheNewestCommit(boolean jujutsu) throws IOException {
    start(jujutsu);
    workspace.write("a", "1\n2\nmine\n");
    workspace.write("new", "new\n");
    String head = hub.commit("Others", Map.of("a", "theirs\n2\n3\n", "b", "bb\n"));

    String synced = workspace.agent("qudag sync").orThrow().text();
    String again = workspace.agent("qudag sync").orThrow().text();
    workspace.agent("qudag propose").orThrow();

    assertThat(synced).contains("based on " + head + " now");
    assertThat(again).contains("nothing to do");
    assertThat(file("a")).hasContent("theirs\n2\nmine\n");
    assertThat(file("b")).hasContent("bb\n");
    String proposed = hub.last().commit();
    assertThat(hub.git.ask("log", "-1", "--format=%P", proposed)).isEqualTo(head);
    assertThat(hub.git.ask("diff-tree", "-r", "--name-only", head, proposed).lines())
        .containsExactly("a", "new");
  }

  /** Somebody landed a line that looks like a marker: who takes it out is in no conflict. */
  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void aMarkerThatTheBranchHasCanBeTakenOut(boolean jujutsu) throws IOException {
    hub = new TestingHub(folder, Map.of("a", "<<<<<<< refs/qudag/work\n"));
    workspace = new TestingWorkspace(folder, hub, jujutsu, List.of());
    workspace.write("a", "1\n");

    var proposed = workspace.agent("qudag propose -m clean");

    assertThat(proposed.err()).isEmpty();
    assertThat(proposed.code()).isZero();
  }

  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void conflictsAreMarkedAndReportedAndNeverProposed(boolean jujutsu) throws IOException {
    start(jujutsu);
    workspace.write("a", "1\nmine\n3\n");
    workspace.write("new", "new\n");
    Files.delete(file("d"));
    String head = hub.commit("Change two", Map.of("a", "1\ntheirs\n3\n", "d", "dd\n"));

    var sync = workspace.agent("qudag sync");
    var early = workspace.agent("qudag propose");
    var status = workspace.agent("qudag status");
    workspace.beat.refresh();
    var twice = workspace.agent("qudag sync");

    assertThat(sync.code()).isEqualTo(1);
    assertThat(sync.err()).contains("SyncConflict").contains("  a\n").contains("Change two");
    assertThat(workspace.layout.run().resolve("sync.json"))
        .content()
        .contains("\"path\" : \"a\"", "\"path\" : \"d\"", head);
    assertThat(file("a")).content().contains("<<<<<<< ", "mine", "theirs", ">>>>>>> ");
    assertThat(file("d")).content().contains("<<<<<<< ", "dd");
    assertThat(early.err()).contains("refused: Conflicted").contains("a, d");
    assertThat(status.orThrow().text()).contains("conflicts");
    assertThat(twice.err()).contains("refused: Conflicted");
    assertThat(hub.heartbeats.getLast().conflicts()).containsExactly("a", "d");
    assertThat(hub.submissions).isEmpty();

    workspace.write("a", "1\nboth\n3\n");
    Files.delete(file("d"));
    workspace.agent("qudag propose").orThrow();
    assertThat(hub.git.ask("log", "-1", "--format=%P", hub.last().commit())).isEqualTo(head);
    assertThat(hub.file(hub.last().commit(), "a")).isEqualTo("1\nboth\n3");
    assertThat(hub.git.ask("ls-tree", "-r", "--name-only", hub.last().commit()).lines())
        .containsExactly("a", "b", "new");
  }

  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void anUndoneSyncBringsBackTheFilesAndWhatTheyWereBuiltOn(boolean jujutsu) throws IOException {
    start(jujutsu);
    String cloned = hub.head();
    workspace.write("a", "1\nmine\n3\n");
    hub.commit("Others", Map.of("a", "1\ntheirs\n3\n", "b", "bb\n"));
    String conflict = workspace.agent("qudag sync").err();

    workspace.agent("qudag undo").orThrow();

    assertThat(conflict).contains("SyncConflict");
    assertThat(file("a")).hasContent("1\nmine\n3\n");
    assertThat(file("b")).hasContent("b\n");
    workspace.agent("qudag propose").orThrow();
    assertThat(hub.git.ask("log", "-1", "--format=%P", hub.last().commit())).isEqualTo(cloned);
    assertThat(hub.git.ask("diff-tree", "-r", "--name-only", cloned, hub.last().commit()))
        .isEqualTo("a");
  }

  /**
   * What the hub took is in the history too: going back before it is building on what was before.
   */
  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void filesFromBeforeAProposalAreBuiltOnWhatTheyWere(boolean jujutsu) throws IOException {
    start(jujutsu);
    String cloned = hub.head();
    step("new", "one\n");
    workspace.write("new", "two\n");
    workspace.agent("qudag propose").orThrow();
    String proposed = hub.last().commit();

    workspace.agent("qudag undo").orThrow();
    workspace.agent("qudag propose -m Less").orThrow();

    assertThat(hub.file(hub.last().commit(), "new")).isEqualTo("one");
    assertThat(hub.git.ask("log", "-1", "--format=%P", hub.last().commit()))
        .isEqualTo(cloned)
        .isNotEqualTo(proposed);
  }

  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void aFileThatNoSnapshotTakesIsNeverOverwritten(boolean jujutsu) throws IOException {
    start(jujutsu);
    step("big", "small\n");
    Files.delete(file("big"));
    workspace.bench.look("the task");
    workspace.write("big", "x".repeat(200_000));

    var undo = workspace.agent("qudag undo");

    assertThat(undo.text() + undo.err()).contains("big");
    assertThat(file("big")).hasSize(200_000);
  }

  /** Another agent in the same Workspace: another process over the same volume. */
  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void theNextAgentHasTheFilesAndTheirHistory(boolean jujutsu) throws IOException {
    start(jujutsu);
    step("new", "one\n");
    step("new", "two\n");
    workspace.agent("git checkout -q -b mine; git add new; git commit -qm Mine").orThrow();
    workspace.close();

    workspace = new TestingWorkspace(folder, hub, jujutsu, List.of(".env*"));

    assertThat(workspace.agent("cat new; git log -1 --format=%s mine").orThrow().text())
        .isEqualTo("two\nMine\n");
    workspace.agent("qudag undo").orThrow();
    assertThat(file("new")).hasContent("one\n");
  }

  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void withoutTheHubNothingIsSynced(boolean jujutsu) throws IOException {
    start(jujutsu);
    workspace.write("a", "mine\n");
    hub.away = true;

    var sync = workspace.agent("qudag sync");

    assertThat(sync.code()).isEqualTo(3);
    assertThat(file("a")).hasContent("mine\n");
    assertThat(workspace.agent("qudag undo").succeeded()).isTrue();
  }
}
