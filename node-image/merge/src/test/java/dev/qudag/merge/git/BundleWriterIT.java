package dev.qudag.merge.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.merge.ObjectId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked for by many is packed once, and is the same for each. */
class BundleWriterIT {
  @TempDir Path directory;
  private TestingHistory history;
  private BundleWriter bundles;

  @BeforeEach
  void init() {
    history = TestingHistory.in(directory.resolve("hub.git"));
    bundles = new BundleWriter(history.repository);
  }

  private byte[] bundle(ObjectId commit, ObjectId... haves) throws IOException {
    var out = new ByteArrayOutputStream();
    bundles.write(Map.of(TestingHistory.MAIN, commit), List.of(haves), out);
    return out.toByteArray();
  }

  private BundleImporter.Result receive(String name, byte[] bundle, ObjectId commit)
      throws IOException {
    var file = Files.write(directory.resolve(name + ".bundle"), bundle);
    var receiver = TestingHistory.in(directory.resolve(name + ".git")).repository;
    return new BundleImporter(receiver).importBundle(file, commit);
  }

  @Test
  void theSameIsTheSameForAll() throws IOException {
    var commit = history.commit(List.of(), "a", "1");
    var first = bundle(commit);

    assertThat(bundle(commit)).isEqualTo(first);
    assertThat(receive("one", first, commit)).isEqualTo(new BundleImporter.Result.Imported(commit));
  }

  @Test
  void otherHavesAreAnotherBundle() throws IOException {
    var root = history.commit(List.of(), "a", "1");
    var next = history.commit(List.of(root), "a", "2");

    assertThat(bundle(next)).isNotEqualTo(bundle(next, root));
    assertThat(receive("whole", bundle(next), next))
        .isEqualTo(new BundleImporter.Result.Imported(next));
  }

  @Test
  void whatIsLargeIsHandedOnWhole() throws IOException {
    var noise = new byte[600_000];
    new Random(1).nextBytes(noise);
    var tree = history.repository.writeTree(Map.of("noise", noise));
    var commit = history.commitTree(tree, List.of());

    for (var name : List.of("first", "second")) {
      assertThat(receive(name, bundle(commit), commit))
          .isEqualTo(new BundleImporter.Result.Imported(commit));
    }
  }

  /** A reader that goes away takes nothing from those who ask for the same. */
  @Test
  void aReaderThatFailsIsNobodyElsesTrouble() throws IOException {
    var commit = history.commit(List.of(), "a", "1");
    var gone =
        new OutputStream() {
          private int left = 200;

          @Override
          public void write(int b) throws IOException {
            if (--left < 0) {
              throw new IOException("gone");
            }
          }
        };

    assertThatThrownBy(() -> bundles.write(Map.of(TestingHistory.MAIN, commit), List.of(), gone))
        .isInstanceOf(IOException.class)
        .hasMessage("gone");
    assertThat(receive("next", bundle(commit), commit))
        .isEqualTo(new BundleImporter.Result.Imported(commit));
  }
}
