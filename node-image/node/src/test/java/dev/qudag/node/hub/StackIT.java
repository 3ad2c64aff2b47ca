package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.node.hub.book.Room;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.book.Wishes;
import dev.qudag.proto.SubmitHeader;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proposals of one workspace that stand on one another. */
class StackIT {
  private static final Wishes STACKED = new Wishes(true, 0);

  @TempDir Path volume;
  private TestingHub hub;
  private ProposalBook book;

  @BeforeEach
  void open() throws Exception {
    hub = TestingHub.on(volume, 1);
    book = hub.hub.proposals();
  }

  @Test
  void whatIsStackedDependsOnTheNewestAndReplacesNone() {
    HubProposal first = book.accept(submission(1));
    HubProposal second = book.accept(submission(2), STACKED);
    HubProposal third = book.accept(submission(3), STACKED);

    assertThat(first.dependsOn()).isEmpty();
    assertThat(second.dependsOn()).containsExactly(first.name());
    assertThat(third.dependsOn()).containsExactly(second.name());
    assertThat(book.all())
        .extracting(HubProposal::standing)
        .containsOnly(new Standing.Open())
        .hasSize(3);
    assertThat(book.accept(submission(2), STACKED))
        .as("a repeat is the one that is here")
        .isEqualTo(second);
  }

  @Test
  void whatIsNotStackedReplacesTheWholeStack() {
    HubProposal first = book.accept(submission(1));
    HubProposal second = book.accept(submission(2), STACKED);
    HubProposal next = book.accept(submission(3));

    assertThat(book.find(first.name()).orElseThrow().standing())
        .isInstanceOf(Standing.Closed.class);
    assertThat(book.find(second.name()).orElseThrow().standing())
        .isInstanceOf(Standing.Closed.class);
    assertThat(next.dependsOn()).isEmpty();
  }

  @Test
  void theFirstOfAStackDependsOnNothing() {
    assertThat(book.accept(submission(1), STACKED).dependsOn()).isEmpty();
  }

  @Test
  void theOperatorIsToldWhatDependsOnWhatAndHowUrgentItIs() {
    HubProposal first = book.accept(submission(1));
    book.accept(submission(2), new Wishes(true, 3));

    var told = new HubStates(hub.hub).now().getProposalsList();

    assertThat(told.get(0).getDependsOnList()).isEmpty();
    assertThat(told.get(0).getPriority()).isZero();
    assertThat(told.get(1).getDependsOnList()).containsExactly(first.name());
    assertThat(told.get(1).getPriority()).isEqualTo(3);
  }

  @Test
  void aStackHasABound() {
    for (int i = 0; i < Room.DEEPEST_STACK; i++) {
      book.accept(submission(i), STACKED);
    }
    HubProposal.Submission more = submission(Room.DEEPEST_STACK);
    SubmitHeader header =
        SubmitHeader.newBuilder()
            .setStatement(ByteString.copyFrom(more.statement().encode()))
            .setSignature(ByteString.copyFrom(more.signature().toArray()))
            .setStack(true)
            .build();

    assertThatThrownBy(() -> hub.hub.submissions().admit(header, hub.chain.grant()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("16 proposals of this workspace");
  }

  private HubProposal.Submission submission(int number) {
    return hub.chain.submission("%040x".formatted(number + 1), "Change " + number);
  }
}
