package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.node.disk.TestingSpace;
import dev.qudag.node.hub.book.Room;
import dev.qudag.proto.SubmitHeader;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hub refuses by the header of a submission alone. */
class SubmissionsIT {
  private static final long MIB = 1 << 20;

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
    Submissions submissions = hub.hub.submissions(new Room(0), hub.hub.reserve());
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

  @Test
  void whatTheVolumeHasNoRoomForIsRefusedWithTheFiguresUntilThereIsRoom() throws Exception {
    TestingHub hub = TestingHub.on(volume, 1);
    var space = new TestingSpace(/* total= */ 1000 * MIB, /* free= */ 70 * MIB);
    Submissions submissions = hub.hub.submissions(Room.STANDARD, space.reserve());
    SubmitHeader header =
        header(hub, statement(hub, Instant.now())).toBuilder().setSize(20 * MIB).build();

    assertThatThrownBy(() -> submissions.admit(header, hub.chain.grant()))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo("VolumeFull"))
        .hasMessage(
            "at the hub the volume has 73400320 bytes free, 41943040 are needed, and 52428800 are"
                + " kept for what was accepted before: have the hub's PersistentVolumeClaim"
                + " enlarged; the change stays in the workspace, propose it again then");

    space.free(100 * MIB);
    assertThat(submissions.admit(header, hub.chain.grant()).statement().title()).isEqualTo("Add a");
  }

  @Test
  void theLastSnapshotOfAnAgentMayTakeFromTheReserve() throws Exception {
    TestingHub hub = TestingHub.on(volume, 1);
    var space = new TestingSpace(/* total= */ 1000 * MIB, /* free= */ 30 * MIB);
    Submissions submissions = hub.hub.submissions(Room.STANDARD, space.reserve());
    SubmitHeader snapshot =
        header(hub, statement(hub, Instant.now())).toBuilder()
            .setSize(MIB)
            .setCandidate(true)
            .build();

    assertThat(submissions.admit(snapshot, hub.chain.grant()).statement().title())
        .isEqualTo("Add a");

    space.free(20 * MIB);
    assertThatThrownBy(() -> submissions.admit(snapshot, hub.chain.grant()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("26214400 are kept");
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
