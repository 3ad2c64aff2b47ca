package dev.qudag.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.node.workspace.HubGateway.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real git pushes to the sidecar's loopback remote. */
class PushIT {

  @TempDir Path folder;
  private TestingHub hub;
  private TestingWorkspace workspace;

  @BeforeEach
  void start() throws IOException {
    hub = new TestingHub(folder, Map.of("README.md", "hello\n", "src/a.sh", "a() { :; }\n"));
    workspace = new TestingWorkspace(folder, hub, false, List.of(".env*"));
  }

  @AfterEach
  void stop() {
    workspace.close();
  }

  @Test
  void theAgentStartsOnACleanBranchWithItsFiles() {
    var status =
        workspace.agent("git status --porcelain --branch; git log --format=%s; cat README.md");

    assertThat(status.orThrow().text()).isEqualTo("## main...origin/main\nfirst\nhello\n");
  }

  @Test
  void aPushProposesThePushedCommit() {
    var push =
        workspace.agent(
            """
            echo more >> README.md
            git commit -qam 'Say more'
            echo unfinished > notes.txt
            git push origin HEAD
            """);

    assertThat(push.err()).contains("remote: qudag: proposed as mp-");
    assertThat(push.succeeded()).isTrue();
    assertThat(hub.last().title()).isEqualTo("Say more");
    assertThat(hub.last().candidate()).isFalse();
    assertThat(hub.last().commit()).isEqualTo(workspace.agent("git rev-parse HEAD").line());
    assertThat(hub.file(hub.last().commit(), "README.md")).isEqualTo("hello\nmore");
    assertThat(hub.git.ask("ls-tree", "--name-only", hub.last().commit())).doesNotContain("notes");
  }

  @Test
  void aRefusedPushFailsWithReasonAndRemedy() {
    hub.refusal =
        Optional.of(new Receipt.Refused("HostileTree", "a symlink leaves the tree; remove it"));

    var push = workspace.agent("echo x > x; git add x; git commit -qm x; git push origin HEAD");

    assertThat(push.succeeded()).isFalse();
    assertThat(push.err())
        .contains("remote: qudag: refused: HostileTree: a symlink leaves the tree; remove it")
        .contains("[remote rejected] HEAD -> main (HostileTree)");
    assertThat(hub.submissions).isEmpty();
  }

  @Test
  void aPushWhileTheHubIsAwayFailsAndCanBeRepeated() {
    hub.away = true;
    String change =
        "echo x > x; git add x; git diff --cached --quiet || git commit -qm x; git push origin HEAD";
    var first = workspace.agent(change);
    hub.away = false;
    var second = workspace.agent(change);

    assertThat(first.err()).contains("HubUnavailable").contains("try again");
    assertThat(second.succeeded()).as(second.err()).isTrue();
  }

  @Test
  void theSamePushTwiceIsHandedInAgainAndSucceeds() {
    String change =
        "echo x > x; git add x; git diff --cached --quiet || git commit -qm x; git push origin HEAD";
    workspace.agent(change).orThrow();
    workspace.agent(change).orThrow();

    assertThat(hub.submissions).hasSize(2);
    assertThat(hub.submissions.getFirst().commit()).isEqualTo(hub.submissions.getLast().commit());
  }

  @Test
  void nobodyHasToBeOnTopOfTheBranchToPush() {
    hub.commit("of another", Map.of("other.txt", "other\n"));

    workspace.agent("echo x > x; git add x; git commit -qm x; git push origin HEAD").orThrow();

    assertThat(hub.last().title()).isEqualTo("x");
  }

  @Test
  void aFetchGivesTheBranchAsItIsAtTheHub() {
    workspace.agent("echo x > x; git add x; git commit -qm x; git push -q origin HEAD").orThrow();
    String head = hub.commit("of another", Map.of("other.txt", "other\n"));

    var fetch = workspace.agent("git fetch -q origin; git rev-parse origin/main; git branch -r");

    assertThat(fetch.orThrow().text()).isEqualTo(head + "\n  origin/main\n");
  }

  @Test
  void aLargePushArrivesWhole() {
    workspace
        .agent(
            """
            i=0; while [ $i -lt 40 ]; do head -c 100000 /dev/urandom > f$i; i=$((i + 1)); done
            git add .; git commit -qm large; git push -q origin HEAD
            """)
        .orThrow();

    assertThat(hub.git.ask("ls-tree", "--name-only", hub.last().commit()).lines()).hasSize(42);
  }

  @Test
  void otherBranchesProposeTooButTagsAndDeletionsDoNot() {
    workspace
        .agent("git checkout -qb fix; echo x > x; git add x; git commit -qm x; git push origin fix")
        .orThrow();
    var tag = workspace.agent("git tag v1; git push origin v1");
    var several = workspace.agent("git branch two; git push origin fix two");

    assertThat(tag.err()).contains("only a branch can be pushed");
    assertThat(several.err()).contains("push one branch at a time");
    assertThat(hub.submissions).hasSize(1);
  }

  @Test
  void brokenObjectsAreRefusedByTheInbox() {
    var push =
        workspace.agent(
            """
            tree=$(printf '100644 .git\\0%s' "$(git hash-object -w README.md | cut -c1-20)" | git hash-object -t tree -w --literally --stdin)
            commit=$(git commit-tree "$tree" -p HEAD -m hostile)
            git push origin "$commit:refs/heads/main"
            """);

    assertThat(push.succeeded()).isFalse();
    assertThat(hub.submissions).isEmpty();
  }

  @Test
  void workGoesOnFromThePushedCommit() throws IOException {
    workspace.agent("echo x > x; git add x; git commit -qm x; git push -q origin HEAD").orThrow();
    String pushed = hub.last().commit();

    assertThat(workspace.bench.look("later").commit()).isEqualTo(pushed);
    workspace.write("y", "y\n");
    assertThat(workspace.bench.look("later").base()).isEqualTo(pushed);
  }

  @Test
  void aSecondAttemptKeepsTheAgentsFiles() throws IOException {
    workspace.write("draft.txt", "half done\n");
    workspace.close();

    workspace = new TestingWorkspace(folder, hub, false, List.of());

    assertThat(Files.readString(workspace.layout.tree().resolve("draft.txt")))
        .isEqualTo("half done\n");
  }
}
