package dev.qudag.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.node.workspace.vcs.Operation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final Operation FIRST = operation("a1");
  private static final Operation SECOND = operation("b2");
  private static final Operation THIRD = operation("c3");

  @TempDir Path folder;
  private Journal journal;

  @BeforeEach
  void begin() {
    journal = new Journal(folder.resolve("operations"));
    journal.begin("clone");
  }

  private static Operation operation(String id) {
    return new Operation(id, "2026-01-01T00:00:00Z", "snapshot");
  }

  @Test
  void withoutANoteAnOperationIsBuiltOnWhatTheOneBeforeIs() {
    journal.built("b2", "proposed");

    assertThat(journal.base(List.of(THIRD, SECOND, FIRST))).isEqualTo("proposed");
    assertThat(journal.base(List.of(FIRST))).isEqualTo("clone");
  }

  @Test
  void theLastNoteOfAnOperationCounts() {
    journal.built("b2", "one");
    journal.built("b2", "two");

    assertThat(journal.base(List.of(SECOND))).isEqualTo("two");
  }

  @Test
  void itBeginsOnceAndIsReadAgainByTheNextProcess() {
    journal.did("b2", "head", "sync onto head");
    journal.begin("other");
    journal.undone("c3", "clone", FIRST);

    var again = new Journal(folder.resolve("operations"));

    assertThat(again.base(List.of(FIRST))).isEqualTo("clone");
    assertThat(again.what("b2")).contains("sync onto head");
    assertThat(again.what("a1")).isEmpty();
    assertThat(again.undone("c3")).contains("a1");
    assertThat(again.undone("b2")).isEmpty();
  }
}
