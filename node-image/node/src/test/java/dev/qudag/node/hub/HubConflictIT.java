package dev.qudag.node.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.ObjectId;
import dev.qudag.proto.Analysis;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes in conflict on their way through the hub, over real gRPC, git and signatures. */
class HubConflictIT {
  private static final String BASE = "package a;\n\nimport a.A;\n\nclass B {}\n";
  private static final String OURS = BASE.replace("a.A;\n", "a.A;\nimport o.O;\n");
  private static final String THEIRS = BASE.replace("a.A;\n", "a.A;\nimport t.T;\n");

  @TempDir Path volume;
  private TestingHubNode hub;
  private TestingWorkspace workspace;

  @BeforeEach
  void start() throws Exception {
    hub = TestingHubNode.start(volume);
    workspace = new TestingWorkspace(hub.client, volume.resolve("workspace"));
    land(workspace.commit("B.java", BASE));
    workspace.pull();
  }

  @AfterEach
  void stop() throws Exception {
    hub.close();
  }

  private String land(ObjectId commit) throws Exception {
    String name = workspace.propose(commit, "Change").getProposal();
    hub.client.decide(name, hub.client.analyse(name));
    return hub.client.awaitLanded(name).getMergedCommit();
  }

  /** The second of two changes of the same lines, on the branch with the first. */
  private String conflicting(String ours, String theirs) throws Exception {
    ObjectId second = workspace.commit("B.java", theirs);
    land(workspace.commit("B.java", ours));
    return workspace.propose(second, "Second").getProposal();
  }

  @Test
  void landsAChangeWhoseConflictsRulesResolve() throws Exception {
    String name = conflicting(OURS, THEIRS);

    Analysis analysis = hub.client.analyse(name);

    assertThat(analysis.getCategory()).isEqualTo("Textual");
    assertThat(analysis.getConflictFiles()).isZero();
    assertThat(analysis.getResolvedByList()).containsExactly("both-add-imports");
    assertThat(analysis.getReport().toStringUtf8())
        .startsWith("{\"base\":\"" + analysis.getBase() + "\",\"category\":\"Textual\",")
        .contains(
            "\"hunks\":[{\"line\":4,\"rule\":\"both-add-imports\"}],"
                + "\"language\":\"text only\",\"outcome\":\"Resolved\",\"path\":\"B.java\"");
    hub.client.decide(name, analysis);
    assertThat(hub.client.awaitLanded(name).getMergedCommit()).isEqualTo(analysis.getCommit());
    assertThat(content(workspace.pull(), "B.java"))
        .isEqualTo(BASE.replace("a.A;\n", "a.A;\nimport o.O;\nimport t.T;\n"));
  }

  @Test
  void tellsWhyAConflictIsLeftToPeople() throws Exception {
    String name = conflicting(OURS, THEIRS.replace("t.T", "t.O"));

    Analysis analysis = hub.client.analyse(name);

    assertThat(analysis.getCategory()).isEqualTo("Complex");
    assertThat(analysis.getConflictPathsList()).containsExactly("B.java");
    assertThat(analysis.getReport().toStringUtf8())
        .contains("\"hunks\":[{\"line\":4}]", "\"outcome\":\"NoRule\"");
  }

  @Test
  void reportsAMergeWithoutConflictToo() throws Exception {
    String name = workspace.propose(workspace.commit("c", "1\n"), "Add c").getProposal();

    assertThat(hub.client.analyse(name).getReport().toStringUtf8())
        .contains("\"category\":\"None\"", "\"fileCount\":0,\"files\":[]");
  }

  private String content(ObjectId commit, String path) {
    return workspace.git.entries(commit).stream()
        .filter(entry -> new String(entry.path(), UTF_8).equals(path))
        .map(entry -> new String(workspace.git.content(entry.id()), UTF_8))
        .findFirst()
        .orElseThrow();
  }
}
