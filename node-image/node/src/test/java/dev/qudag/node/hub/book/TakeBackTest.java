package dev.qudag.node.hub.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hub that lost its volume takes back into its book, in whatever order it comes. */
class TakeBackTest {
  private static final Digest CHAIN = Digest.sha256(new byte[] {1});
  private static final NodeIdentity KEYS = NodeIdentity.generate();
  private static final SignedGrant GRANT =
      new WorkspaceGrant(CHAIN, "uid", "w", KEYS.verifyingKey(), KEYS.tlsFingerprint())
          .sign(KEYS.signingKey());

  @TempDir Path volume;
  private ProposalBook book;

  @BeforeEach
  void open() throws IOException {
    book = ProposalBook.open(volume, InstantSource.system(), new Changes());
  }

  @Test
  void anOlderProposalThatComesLaterIsSupersededByTheNewerOne() {
    CustodyRecord.Kept newer = kept(2, 20, List.of());
    CustodyRecord.Kept older = kept(1, 10, List.of());

    book.takeBack(newer);
    book.takeBack(older);

    assertThat(standing(newer)).isEqualTo(new Standing.Open());
    assertThat(standing(older))
        .isInstanceOfSatisfying(
            Standing.Closed.class, end -> assertThat(end.reason()).isEqualTo("Superseded"));
  }

  @Test
  void aStackComesBackWhole() {
    CustodyRecord.Kept below = kept(1, 10, List.of());
    CustodyRecord.Kept above = kept(2, 20, List.of(below.proposal()));

    book.takeBack(above);
    book.takeBack(below);

    assertThat(standing(below)).isEqualTo(new Standing.Open());
    assertThat(standing(above)).isEqualTo(new Standing.Open());
    assertThat(book.all())
        .extracting(HubProposal::name)
        .containsExactly(below.proposal(), above.proposal());
  }

  @Test
  void whatHasEndedDoesNotComeBackAlsoAfterARestart() throws IOException {
    CustodyRecord.Kept kept = kept(1, 10, List.of());
    book.takeBack(ended(kept.proposal(), 0));

    ProposalBook again = ProposalBook.open(volume, InstantSource.system(), new Changes());
    again.takeBack(kept);

    assertThat(again.find(kept.proposal())).isEmpty();
    assertThat(again.isWithdrawn(kept.proposal())).isTrue();
  }

  @Test
  void anEndThatComesLaterEndsIt() {
    CustodyRecord.Kept kept = kept(1, 10, List.of());
    book.takeBack(kept);

    book.takeBack(ended(kept.proposal(), 0));

    assertThat(standing(kept)).isInstanceOf(Standing.Closed.class);
    assertThat(book.isWithdrawn(kept.proposal())).isTrue();
  }

  @Test
  void aRevertThatWasOrderedAfterTheEndIsAnotherMatter() {
    RevertOrder.Signed order =
        new RevertOrder(CHAIN, "c".repeat(40), "refs/heads/main", 0, "grace", "", 100)
            .sign(KEYS.signingKey());
    String name = order.order().proposal();
    book.takeBack(ended(name, 99));
    assertThat(book.isBuried(name, 99)).isTrue();
    assertThat(book.isBuried(name, 100)).isFalse();

    book.accept(order);
    book.takeBack(ended(name, 99));
    assertThat(book.find(name).orElseThrow().standing()).isEqualTo(new Standing.Open());

    book.takeBack(ended(name, 100));
    assertThat(book.find(name).orElseThrow().standing()).isInstanceOf(Standing.Closed.class);
  }

  private Standing standing(CustodyRecord.Kept kept) {
    return book.find(kept.proposal()).orElseThrow().standing();
  }

  private static CustodyRecord.Ended ended(String name, long askedAtMillis) {
    return new CustodyRecord.Ended(CHAIN, name, "uid", "Withdrawn", "deleted", askedAtMillis);
  }

  private static CustodyRecord.Kept kept(int number, long acceptedAt, List<String> dependsOn) {
    var said =
        new AuthorStatement(
            CHAIN, "uid", "w", "ada", "%040x".formatted(number), "refs/heads/main", "Add", 9);
    return new CustodyRecord.Kept(said.sign(KEYS.signingKey()), GRANT, dependsOn, 0, acceptedAt);
  }
}
