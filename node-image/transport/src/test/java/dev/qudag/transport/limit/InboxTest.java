package dev.qudag.transport.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final Duration AT_ONCE = Duration.ZERO;

  private final Inbox<Object> inbox = new Inbox<>(2, 2, 10);

  @Test
  void handsOutInTheOrderInWhichItTookIn() throws Exception {
    inbox.add("own");
    inbox.receive(0, "of a peer", 4);
    inbox.add("own again");

    assertThat(inbox.poll(AT_ONCE)).contains("own");
    assertThat(inbox.poll(AT_ONCE)).contains("of a peer");
    assertThat(inbox.poll(AT_ONCE)).contains("own again");
    assertThat(inbox.poll(AT_ONCE)).isEmpty();
    assertThat(inbox.isEmpty()).isTrue();
  }

  @Test
  void whoWaitsForAnEventCanBeWoken() throws Exception {
    var came = new CompletableFuture<Optional<Object>>();
    Thread waiting = Thread.startVirtualThread(() -> came.complete(poll(Duration.ofMinutes(1))));
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

    inbox.wake();

    assertThat(came.get(10, TimeUnit.SECONDS)).isEmpty();
    inbox.wake();
    inbox.add("an event");
    assertThat(inbox.pollIf(Object.class)).as("the wake comes first").isEmpty();
    assertThat(inbox.poll(AT_ONCE)).isEmpty();
    assertThat(inbox.poll(AT_ONCE)).contains("an event");
  }

  private Optional<Object> poll(Duration patience) {
    try {
      return inbox.poll(patience);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void takesOutOnlyWhatIsOfTheKindAskedForAndOnlyInItsTurn() throws Exception {
    inbox.add("a word");
    inbox.add(1);

    assertThat(inbox.pollIf(Integer.class)).isEmpty();
    assertThat(inbox.pollIf(String.class)).contains("a word");
    assertThat(inbox.pollIf(Integer.class)).contains(1);
    assertThat(inbox.pollIf(Integer.class)).isEmpty();
  }

  @Test
  void aPeerThatBringsTooMuchWaitsAloneUntilSomeOfItsIsTakenOut() throws Exception {
    inbox.receive(0, "first", 5);
    inbox.receive(0, "second", 5);
    Thread third = Thread.startVirtualThread(() -> receive(0, "third"));
    await().until(() -> third.getState() == Thread.State.WAITING);

    inbox.receive(1, "another's", 5);
    assertThat(inbox.poll(AT_ONCE)).contains("first");
    third.join();

    assertThat(inbox.poll(AT_ONCE)).contains("second");
    assertThat(inbox.poll(AT_ONCE)).contains("another's");
    assertThat(inbox.poll(AT_ONCE)).contains("third");
  }

  @Test
  void dropsWhatAPeerBringsOnceItIsClosed() throws Exception {
    inbox.receive(0, "first", 10);
    Thread second = Thread.startVirtualThread(() -> receive(0, "second"));
    await().until(() -> second.getState() == Thread.State.WAITING);

    inbox.close();
    second.join();

    assertThat(inbox.poll(AT_ONCE)).contains("first");
    assertThat(inbox.poll(AT_ONCE)).isEmpty();
  }

  private void receive(int peer, Object event) {
    try {
      inbox.receive(peer, event, 5);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
