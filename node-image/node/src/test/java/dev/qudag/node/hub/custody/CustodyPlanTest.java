package dev.qudag.node.hub.custody;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.ProposalBook.Tombstone;
import dev.qudag.node.hub.book.ProposalSource;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.custody.CustodyPlan.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustodyPlanTest {
  private static final Digest CHAIN = Digest.sha256(new byte[] {1});
  private static final NodeIdentity KEYS = NodeIdentity.generate();
  private static final SignedGrant GRANT =
      new WorkspaceGrant(CHAIN, "uid", "w", KEYS.verifyingKey(), KEYS.tlsFingerprint())
          .sign(KEYS.signingKey());
  private static final Standing.Closed WITHDRAWN =
      new Standing.Closed("Withdrawn", "its MergeProposal was deleted", Bytes.EMPTY);

  private static final Bytes SIGNATURE = KEYS.signingKey().sign(new byte[] {1});

  private final CustodyPlan plan = new CustodyPlan(CHAIN);

  @Test
  void whatHasNotEndedIsKeptWithAllThatTheHubSaysOfIt() {
    HubProposal open = proposal(1, new Standing.Open());

    Map<String, Item> wanted = plan.of(List.of(open), List.of(), List.of());

    assertThat(wanted.keySet()).containsExactly(open.name());
    assertThat(wanted.get(open.name()).record())
        .isInstanceOfSatisfying(
            CustodyRecord.Kept.class,
            kept -> {
              assertThat(kept.proposal()).isEqualTo(open.name());
              assertThat(kept.dependsOn()).containsExactly("below");
              assertThat(kept.priority()).isEqualTo(7);
              assertThat(kept.acceptedAtMillis()).isEqualTo(open.acceptedAtMillis());
            });
  }

  @Test
  void aDecisionOnTheWayChangesNothingOfTheRecord() {
    Item open = only(proposal(1, new Standing.Open()));

    assertThat(only(proposal(1, deciding()))).isEqualTo(open);
    assertThat(only(proposal(1, new Standing.Stale(deciding())))).isEqualTo(open);
  }

  @Test
  void whatLandedIsTheChains() {
    HubProposal landed = proposal(1, new Standing.Landed(deciding(), CHAIN, 1, 3, 5));

    assertThat(plan.of(List.of(landed), List.of(), List.of())).isEmpty();
  }

  @Test
  void whatWasClosedIsKeptAsAnEnd() {
    assertThat(only(proposal(1, WITHDRAWN)).record())
        .isInstanceOfSatisfying(
            CustodyRecord.Ended.class, end -> assertThat(end.reason()).isEqualTo("Withdrawn"));
  }

  @Test
  void whatIsAboutToEndIsAnEndAlready() {
    HubProposal open = proposal(1, new Standing.Open());
    CustodyRecord.Ended end = plan.ended(open, WITHDRAWN);

    Map<String, Item> wanted = plan.of(List.of(open), List.of(), List.of(end));

    assertThat(wanted.get(open.name()).record()).isEqualTo(end);
    assertThat(only(proposal(1, WITHDRAWN)).record())
        .as("the same record that the book makes later")
        .isEqualTo(end);
  }

  @Test
  void theOldestEndsAreForgotten() {
    List<HubProposal> all = new ArrayList<>();
    for (int number = 0; number <= CustodyPlan.MOST_ENDS; number++) {
      all.add(proposal(number, WITHDRAWN));
    }

    assertThat(plan.of(all, List.of(), List.of()))
        .hasSize(CustodyPlan.MOST_ENDS)
        .doesNotContainKey(all.getFirst().name())
        .containsKey(all.getLast().name());
  }

  @Test
  void textThatNoRecordMayHaveIsCutAndNotRefused() {
    var end =
        new Tombstone("mp-1", "uid", "R".repeat(100), "a\nb\u202Ec\uE000" + "ü".repeat(600), 0);

    Item item = plan.of(List.of(), List.of(end), List.of()).get("mp-1");

    assertThat(item.record())
        .isInstanceOfSatisfying(
            CustodyRecord.Ended.class,
            ended -> {
              assertThat(ended.reason()).hasSize(CustodyRecord.MAX_REASON);
              assertThat(ended.message())
                  .startsWith("a bcü")
                  .hasSize(CustodyRecord.MAX_END_MESSAGE);
            });
  }

  @Test
  void aRecordReadsAsItWasWritten() {
    for (Item item :
        List.of(only(proposal(1, new Standing.Open())), only(proposal(1, WITHDRAWN)))) {
      assertThat(CustodyRecord.decode(item.record().encode())).isEqualTo(item.record());
      assertThat(item.record().sign(KEYS.signingKey()).isOf(CHAIN, KEYS.verifyingKey())).isTrue();
      assertThat(item.record().sign(KEYS.signingKey()).isOf(Digest.ZERO, KEYS.verifyingKey()))
          .isFalse();
    }
  }

  private Item only(HubProposal proposal) {
    return plan.of(List.of(proposal), List.of(), List.of()).get(proposal.name());
  }

  private static Standing.Deciding deciding() {
    ObjectId some = ObjectId.of("0".repeat(40));
    return new Standing.Deciding(CHAIN, some, some, 5);
  }

  private static HubProposal proposal(int number, Standing standing) {
    var said =
        new AuthorStatement(
            CHAIN, "uid", "w", "ada", "%040x".formatted(number), "refs/heads/main", "Add", 9);
    var source =
        new ProposalSource.Change(Bytes.of(said.encode()), SIGNATURE, Bytes.of(GRANT.encode()));
    return new HubProposal(
        said.proposal(), number, 12, source, standing, List.of("below"), 7, false);
  }
}
