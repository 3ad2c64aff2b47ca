package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.node.hub.book.Room;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.proto.SubmitHeader;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proposals of one workspace that stand on one another. */
class StackIT {
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
    HubProposal second = book.stack(submission(2));
    HubProposal third = book.stack(submission(3));

    assertThat(first.dependsOn()).isEmpty();
    assertThat(second.dependsOn()).containsExactly(first.name());
    assertThat(third.dependsOn()).containsExactly(second.name());
    assertThat(book.all())
        .extracting(HubProposal::standing)
        .containsOnly(new Standing.Open())
        .hasSize(3);
    assertThat(book.stack(submission(2))).as("a repeat is the one that is here").isEqualTo(second);
  }

  @Test
  void whatIsNotStackedReplacesTheWholeStack() {
    HubProposal first = book.accept(submission(1));
    HubProposal second = book.stack(submission(2));
    HubProposal next = book.accept(submission(3));

    assertThat(book.find(first.name()).orElseThrow().standing())
        .isInstanceOf(Standing.Closed.class);
    assertThat(book.find(second.name()).orElseThrow().standing())
        .isInstanceOf(Standing.Closed.class);
    assertThat(next.dependsOn()).isEmpty();
  }

  @Test
  void theFirstOfAStackDependsOnNothing() {
    assertThat(book.stack(submission(1)).dependsOn()).isEmpty();
  }

  @Test
  void theOperatorIsToldWhatDependsOnWhat() {
    HubProposal first = book.accept(submission(1));
    book.stack(submission(2));

    var told = new HubStates(hub.hub).now().getProposalsList();

    assertThat(told.get(0).getDependsOnList()).isEmpty();
    assertThat(told.get(1).getDependsOnList()).containsExactly(first.name());
  }

  @Test
  void aStackHasABound() {
    for (int i = 0; i < Room.DEEPEST_STACK; i++) {
      book.stack(submission(i));
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
