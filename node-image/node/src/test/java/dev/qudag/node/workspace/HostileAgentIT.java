package dev.qudag.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An agent that wants the sidecar to run a program of its own, or to read or write a file for it.
 */
class HostileAgentIT {

  @TempDir Path folder;
  private TestingHub hub;
  private TestingWorkspace workspace;

  private void start(boolean jujutsu) throws IOException {
    hub =
        new TestingHub(
            folder, Map.of("README.md", "hello\n", ".gitattributes", "*.md filter=evil\n"));
    workspace = new TestingWorkspace(folder, hub, jujutsu, List.of());
  }

  @AfterEach
  void stop() {
    workspace.close();
  }

  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void configurationHooksAndFiltersOfTheAgentNeverRun(boolean jujutsu) throws IOException {
    start(jujutsu);
    Path proof = folder.resolve("proof");
    workspace
        .agent(
            """
            evil='sh -c "echo $0 >> PROOF"'
            for repository in . nested; do
                [ -e $repository/.git ] || git init -q $repository
                git -C $repository config core.fsmonitor "$evil"
                git -C $repository config core.sshCommand "$evil"
                git -C $repository config core.pager "$evil"
                git -C $repository config core.hooksPath "$PWD/hooks"
                git -C $repository config filter.evil.clean "$evil"
                git -C $repository config filter.evil.smudge "$evil"
                git -C $repository config diff.external "$evil"
            done
            mkdir -p hooks .config/jj .config/git
            for hook in pre-receive post-receive update post-checkout reference-transaction post-index-change pre-commit; do
                printf '#!/bin/sh\\necho %s >> PROOF\\n' $hook > hooks/$hook
                chmod +x hooks/$hook
            done
            printf '[fsmonitor]\\nbackend = "watchman"\\n[core]\\nfsmonitor = "%s"\\n' "$evil" > .config/jj/config.toml
            echo '* filter=evil diff=evil merge=evil' >> .gitattributes
            """
                .replace("PROOF", proof.toString()))
        .orThrow();
    Files.deleteIfExists(proof);
    workspace.write("README.md", "changed\n");

    workspace.agent("env -u HOME qudag propose -m hostile; qudag status; qudag log").orThrow();
    workspace.beat.refresh();
    new Handover(workspace.bench, hub, "the task", InstantSource.system())
        .run("pod", Duration.ofSeconds(1));

    assertThat(proof).doesNotExist();
    assertThat(hub.submissions).isNotEmpty();
    assertThat(hub.file(hub.submissions.getFirst().commit(), "README.md")).isEqualTo("changed");
  }

  @Test
  void requestsThatAreLinksPipesOrTooLargeAreNotRead() throws Exception {
    start(false);
    Path secret = Files.writeString(folder.resolve("secret"), "propose\n");

    workspace
        .agent(
            """
            ln -s %s "$QUDAG_RUN/request-link"
            mkfifo "$QUDAG_RUN/request-pipe"
            head -c 100000 /dev/zero > "$QUDAG_RUN/.big" && mv "$QUDAG_RUN/.big" "$QUDAG_RUN/request-big"
            mkdir "$QUDAG_RUN/request-folder"
            for id in link pipe big folder; do
                until [ -e "$QUDAG_RUN/answer-$id" ]; do sleep 0.1; done
                read -r code < "$QUDAG_RUN/answer-$id"
                [ "$code" = 2 ] || exit 9
            done
            """
                .formatted(secret))
        .orThrow();

    assertThat(hub.submissions).isEmpty();
    assertThat(secret).hasContent("propose\n");
    assertThat(workspace.agent("qudag status").succeeded()).isTrue();
  }

  @Test
  void anAnswerDoesNotFollowALink() throws IOException {
    start(false);
    Path victim = Files.writeString(folder.resolve("victim"), "keep\n");

    workspace
        .agent(
            """
            ln -s %s "$QUDAG_RUN/answer-x"
            printf 'status\\n' > "$QUDAG_RUN/.x"; mv "$QUDAG_RUN/.x" "$QUDAG_RUN/request-x"
            while [ -L "$QUDAG_RUN/answer-x" ]; do sleep 0.1; done
            """
                .formatted(victim))
        .orThrow();

    assertThat(victim).hasContent("keep\n");
  }

  @Test
  void theRemoteServesNothingButItsRepository() throws Exception {
    start(false);

    var outputs =
        workspace.agent(
            """
            for path in /origin.git/config /origin.git/HEAD /origin.git/objects/info/alternates '/origin.git/info/refs?service=git-evil' /origin.git/../repository.git/config /; do
                printf 'GET %s HTTP/1.0\\r\\n\\r\\n' "$path" | timeout 5 bash -c "exec 3<>/dev/tcp/127.0.0.1/PORT; cat >&3; head -n 1 <&3"
            done
            """
                .replace("PORT", workspace.url().replaceAll(".*:", "")));

    assertThat(outputs.text().lines()).hasSize(6).allMatch(line -> line.contains(" 404 "));
  }
}
