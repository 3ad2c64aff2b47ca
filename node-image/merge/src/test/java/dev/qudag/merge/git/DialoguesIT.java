package dev.qudag.merge.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.merge.ObjectId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialoguesIT {
  @TempDir Path directory;
  private TestingHistory history;
  private GitRepository repository;

  @BeforeEach
  void init() {
    history = TestingHistory.in(directory.resolve("hub.git"));
    repository = history.repository;
  }

  private ProcessHandle processOfOneUse() {
    try (var reader = repository.objects()) {
      assertThat(reader.commit(ObjectId.ZERO)).isEmpty();
      return reader.process();
    }
  }

  @Test
  void oneProcessServesOneCallerAfterTheOther() {
    assertThat(processOfOneUse()).isEqualTo(processOfOneUse());
  }

  @Test
  void twoCallersAtOnceHaveTwo() {
    try (var one = repository.objects();
        var other = repository.objects()) {
      assertThat(one.process()).isNotEqualTo(other.process());
    }
  }

  /** What was missing a moment ago, and in whatever form it comes. */
  @Test
  void seesWhatCameAfterItsStart() {
    var process = processOfOneUse();
    var loose = history.commit(List.of(), "a", "1");
    assertThat(repository.hasCommit(loose)).isTrue();
    repository.update(TestingHistory.MAIN, loose, ObjectId.ZERO);
    repository.git().run("repack", "-a", "-d", "-q");
    assertThat(repository.hasCommit(loose)).isTrue();
    assertThat(processOfOneUse()).isEqualTo(process);
  }

  @Test
  void isNotLentAgainWhenAnAnswerWasNotReadToItsEnd() {
    var commit = history.commit(List.of(), "a", "1");
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        };
    ProcessHandle process;
    try (var reader = repository.objects()) {
      process = reader.process();
      assertThatThrownBy(() -> reader.copy(commit, full)).isInstanceOf(UncheckedIOException.class);
    }
    assertThat(processOfOneUse()).isNotEqualTo(process);
    assertThat(repository.hasCommit(commit)).isTrue();
  }

  @Test
  void isNotLentAgainOnceGitHasEnded() {
    var process = processOfOneUse();
    assertThat(process.destroyForcibly()).isTrue();
    process.onExit().join();
    assertThat(processOfOneUse()).isNotEqualTo(process);
  }

  @Test
  void endsWhenNobodyAsksAnyMore() throws Exception {
    assertThat(processOfOneUse().onExit().get(20, TimeUnit.SECONDS).isAlive()).isFalse();
  }
}
