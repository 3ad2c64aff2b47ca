package dev.qudag.node.hub.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Digest SOME = Digest.sha256(new byte[] {1});
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final Room TWO = new Room(2);

  @Test
  void thereIsRoomBelowTheMost() {
    assertThat(TWO.fullFor(List.of(open("a")), by("b"), false, NOW)).isEmpty();
  }

  @Test
  void whatHasEndedTakesNoRoom() {
    assertThat(TWO.fullFor(List.of(open("a"), landed("b", 5), landed("c", 6)), by("d"), false, NOW))
        .isEmpty();
  }

  @Test
  void theWaitFollowsFromWhatLandedInTheLastHour() {
    List<HubProposal> all = new ArrayList<>(List.of(open("a"), open("b"), open("c")));
    assertThat(TWO.fullFor(all, by("d"), false, NOW)).contains(Duration.ofHours(1));

    all.addAll(List.of(landed("e", 10), landed("f", 59), landed("g", 61)));
    assertThat(TWO.fullFor(all, by("d"), false, NOW))
        .as("two an hour")
        .contains(Duration.ofHours(1));

    all.addAll(List.of(landed("h", 1), landed("i", 2), landed("j", 3), landed("k", 4)));
    assertThat(TWO.fullFor(all, by("d"), false, NOW)).as("six").contains(Duration.ofMinutes(20));

    for (int i = 0; i < 300; i++) {
      all.add(landed("l" + i, 5));
    }
    assertThat(TWO.fullFor(all, by("d"), false, NOW)).as("many").contains(Duration.ofMinutes(1));
  }

  @Test
  void whatIsHereAlreadyComesIn() {
    assertThat(TWO.fullFor(List.of(open("a"), open("b")), statement("a", COMMIT), false, NOW))
        .isEmpty();
  }

  @Test
  void whatTakesThePlaceOfAnotherComesIn() {
    assertThat(TWO.fullFor(List.of(open("a"), open("b")), by("a"), false, NOW)).isEmpty();
    assertThat(TWO.fullFor(List.of(deciding("a"), open("b")), by("a"), false, NOW))
        .as("what the validators judge is not replaced")
        .isPresent();
    assertThat(TWO.fullFor(List.of(open("a"), open("b")), by("a"), true, NOW))
        .as("what is stacked takes the place of none")
        .isPresent();
  }

  private static HubProposal open(String workspace) {
    return proposal(workspace, new Standing.Open());
  }

  private static HubProposal deciding(String workspace) {
    return proposal(workspace, judged());
  }

  private static HubProposal landed(String workspace, int minutesAgo) {
    long at = NOW.minus(Duration.ofMinutes(minutesAgo)).toEpochMilli();
    return proposal(workspace, new Standing.Landed(judged(), SOME, 1, 1, at));
  }

  private static Standing.Deciding judged() {
    return new Standing.Deciding(SOME, ObjectId.of(COMMIT), ObjectId.of(COMMIT), 0);
  }

  private static HubProposal proposal(String workspace, Standing standing) {
    AuthorStatement said = statement(workspace, COMMIT);
    var source = new ProposalSource.Change(Bytes.of(said.encode()), Bytes.EMPTY, Bytes.EMPTY);
    return new HubProposal(said.proposal(), 1, 0, source, standing, List.of(), 0, false);
  }

  /** Another commit than those that the hub has of the workspace. */
  private static AuthorStatement by(String workspace) {
    return statement(workspace, COMMIT.replace('0', 'f'));
  }

  private static AuthorStatement statement(String workspace, String commit) {
    return new AuthorStatement(
        SOME, "uid-" + workspace, workspace, "ada", commit, "refs/heads/main", "Add a", 0);
  }
}
