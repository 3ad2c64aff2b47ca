package dev.qudag.transport.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InboundQuotaTest {
  private final InboundQuota quota = new InboundQuota(2, 10);

  @Test
  void letsInWhatThereIsRoomFor() throws Exception {
    assertThat(quota.acquire(5)).isTrue();
    assertThat(quota.acquire(5)).isTrue();
  }

  @Test
  void holdsUpWhatIsTooMuchUntilThereIsRoom() throws Exception {
    assertThat(quota.acquire(8)).isTrue();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Boolean> next = waiting(threads, 5);
      quota.release(8);
      assertThat(next.get()).isTrue();
    }
  }

  @Test
  void letsAMessageInThatIsLargerThanTheQuotaWhenItIsAlone() throws Exception {
    assertThat(quota.acquire(1000)).isTrue();
  }

  @Test
  void sendsEverybodyAwayWhenItCloses() throws Exception {
    assertThat(quota.acquire(10)).isTrue();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Boolean> next = waiting(threads, 5);
      quota.close();
      assertThat(next.get()).isFalse();
    }
    assertThat(quota.acquire(1)).isFalse();
  }

  /** An acquisition that is seen to wait. */
  private CompletableFuture<Boolean> waiting(ExecutorService threads, int size) {
    AtomicReference<Thread> thread = new AtomicReference<>();
    CompletableFuture<Boolean> result =
        CompletableFuture.supplyAsync(
            () -> {
              thread.set(Thread.currentThread());
              try {
                return quota.acquire(size);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            },
            threads);
    await().until(() -> thread.get() != null && thread.get().getState() == Thread.State.WAITING);
    assertThat(result).isNotDone();
    return result;
  }
}
