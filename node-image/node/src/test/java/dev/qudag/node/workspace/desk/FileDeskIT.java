package dev.qudag.node.workspace.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of requests as no client would leave them. */
class FileDeskIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 50_000;

  @TempDir Path folder;
  private final List<Request> asked = Collections.synchronizedList(new ArrayList<>());

  private Answer answer(Request request) {
    asked.add(request);
    return Answer.done("done", Map.of());
  }

  @Test
  void whatIsLeftLyingIsClearedAndWhoAsksThenIsAnswered() throws IOException {
    for (int i = 0; i < MANY; i++) {
      Files.createFile(folder.resolve("junk-" + i));
    }
    try (var _ = new FileDesk(folder, this::answer)) {
      await().atMost(PATIENCE).until(() -> entries() <= FileDesk.MAX_ENTRIES_READ);

      request("mine", "status\n");
      await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("answer-mine")));

      assertThat(folder.resolve("answer-mine")).hasContent("0\ndone");
      assertThat(asked).containsExactly(new Request.Status());
    }
  }

  /** None is handed to the hub that was not answered; those over the bound hear why. */
  @Test
  void tooManyRequestsAreRefusedInsteadOfCarriedOut() throws Exception {
    var held = new CountDownLatch(1);
    for (int i = 0; i < 5000; i++) {
      request("r" + i, "propose\nwait=true\n");
    }
    Desk slow =
        request -> {
          var answer = answer(request);
          try {
            held.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return answer;
        };
    try (var _ = new FileDesk(folder, slow)) {
      await().atMost(PATIENCE).ignoreExceptions().until(() -> answers("TooManyRequests") > 0);
      assertThat(asked).hasSizeLessThanOrEqualTo(FileDesk.MAX_AT_ONCE);
    } finally {
      held.countDown();
    }
    awaitAnswers();
  }

  @Test
  void theOldestRequestComesFirst() throws Exception {
    Instant now = Instant.now();
    for (int i : IntStream.range(0, 20).toArray()) {
      request("r" + i, "propose\npriority=" + i + "\n");
      Files.setLastModifiedTime(
          folder.resolve("request-r" + i), FileTime.from(now.minusSeconds(i)));
    }
    var first = new CountDownLatch(FileDesk.MAX_AT_ONCE);
    var held = new CountDownLatch(1);
    Desk slow =
        request -> {
          var answer = answer(request);
          first.countDown();
          try {
            held.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return answer;
        };
    try (var _ = new FileDesk(folder, slow)) {
      first.await();
      assertThat(asked)
          .extracting(request -> ((Request.Propose) request).priority())
          .containsExactlyInAnyOrder(12, 13, 14, 15, 16, 17, 18, 19);
    } finally {
      held.countDown();
    }
    awaitAnswers();
  }

  private void request(String id, String text) throws IOException {
    Path made = Files.writeString(folder.resolve(".new-" + id), text);
    Files.move(made, folder.resolve("request-" + id));
  }

  private void awaitAnswers() {
    await().atMost(PATIENCE).until(() -> answers("0\ndone") == asked.size());
  }

  private long entries() throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.count();
    }
  }

  private long answers(String text) throws IOException {
    try (var entries = Files.newDirectoryStream(folder, "answer-*")) {
      long found = 0;
      for (Path entry : entries) {
        found += Files.readString(entry).contains(text) ? 1 : 0;
      }
      return found;
    }
  }
}
