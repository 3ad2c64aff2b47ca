package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.node.hub.book.Room;
import dev.qudag.proto.SubmitHeader;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hub refuses by the header of a submission alone. */
class SubmissionsIT {
  @TempDir Path volume;

  @Test
  void aStatementMayNotBeFarAheadOfTheHubsClock() throws Exception {
    TestingHub hub = TestingHub.on(volume, 1);
    Submissions submissions = hub.hub.submissions();
    Instant bound = Instant.now().plus(Submissions.MOST_AHEAD);
    AuthorStatement near = statement(hub, bound.minusSeconds(60));
    AuthorStatement far = statement(hub, bound.plusSeconds(60));

    assertThat(submissions.admit(header(hub, near), hub.chain.grant()).statement()).isEqualTo(near);
    assertThatThrownBy(() -> submissions.admit(header(hub, far), hub.chain.grant()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("set the clock of the workspace's node");
  }

  @Test
  void anAgentThatBringsOneTooManyHearsWhenToTryAgain() throws Exception {
    TestingHub hub = TestingHub.on(volume, 1);
    Submissions submissions = hub.hub.submissions(new Room(0));
    AuthorStatement said = statement(hub, Instant.now());
    SubmitHeader header = header(hub, said);

    assertThatThrownBy(() -> submissions.admit(header, hub.chain.grant()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("try again in 60 min");
    assertThat(
            submissions
                .admit(header.toBuilder().setCandidate(true).build(), hub.chain.grant())
                .statement())
        .as("what a workspace leaves at its end is kept")
        .isEqualTo(said);
  }

  @Test
  void aPriorityOutOfRangeIsRefused() throws Exception {
    TestingHub hub = TestingHub.on(volume, 1);
    SubmitHeader.Builder header = header(hub, statement(hub, Instant.now())).toBuilder();

    for (int priority : new int[] {25, -1}) {
      SubmitHeader bad = header.setPriority(priority).build();
      assertThatThrownBy(() -> hub.hub.submissions().admit(bad, hub.chain.grant()))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("a priority is 0 to 24, not ");
    }
  }

  private static AuthorStatement statement(TestingHub hub, Instant at) {
    AuthorStatement said = hub.chain.statement(hub.repository.head().hex(), "Add a");
    return new AuthorStatement(
        said.chainId(),
        said.workspaceUid(),
        said.workspaceName(),
        said.agent(),
        said.commit(),
        said.branch(),
        said.title(),
        at.toEpochMilli());
  }

  private static SubmitHeader header(TestingHub hub, AuthorStatement statement) {
    byte[] signature = hub.chain.workspace.signingKey().sign(statement.encode()).toArray();
    return SubmitHeader.newBuilder()
        .setStatement(ByteString.copyFrom(statement.encode()))
        .setSignature(ByteString.copyFrom(signature))
        .build();
  }
}
