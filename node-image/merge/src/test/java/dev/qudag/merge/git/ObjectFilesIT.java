package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.files.ObjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a repository that takes in many bundles. */
class ObjectFilesIT {
  @TempDir Path directory;
  private TestingHistory stranger;
  private GitRepository repository;
  private ObjectId root;

  @BeforeEach
  void plant() {
    stranger = TestingHistory.in(directory.resolve("stranger.git"));
    repository = TestingHistory.in(directory.resolve("hub.git")).repository;
    root = stranger.commit(List.of(), "a", "0");
    take(root);
  }

  private ObjectId take(ObjectId commit, ObjectId... haves) {
    var bundle = stranger.bundle(directory.resolve(commit.hex()), commit, haves);
    assertThat(new BundleImporter(repository).importBundle(bundle, commit))
        .isInstanceOf(BundleImporter.Result.Imported.class);
    return commit;
  }

  private ObjectId change(int number) {
    return stranger.commit(List.of(root), "a", "0", "b" + number, String.valueOf(number));
  }

  @Test
  void manyPacksBecomeFewAndHoldAllThatTheyHeld() throws IOException {
    var commits = new ArrayList<ObjectId>();
    assertThat(repository.files().areMany()).isFalse();
    for (var i = 0; i < ObjectFiles.MANY_PACKS; i++) {
      commits.add(take(change(i), root));
    }
    var unreachable = repository.writeBlob("loose, and named by nothing".getBytes(UTF_8));
    assertThat(repository.files().areMany()).isTrue();

    repository.files().gather();

    assertThat(repository.files().areMany()).isFalse();
    assertThat(packs()).hasSizeLessThan(5);
    assertThat(commits).allMatch(repository::hasCommit);
    assertThat(repository.content(unreachable)).asString(UTF_8).startsWith("loose");
    assertThat(repository.git().text("fsck", "--full", "--no-dangling")).isEmpty();
  }

  @Test
  void manyLooseObjectsAreNoticed() {
    for (var i = 0; !repository.files().areMany(); i++) {
      var content = ("loose " + i).getBytes(UTF_8);
      if (CommitBuilder.idOf("blob", content).hex().startsWith("17")) { // where it is counted
        repository.writeBlob(content);
      }
      assertThat(i).isLessThan(20_000);
    }

    repository.files().gather();

    assertThat(repository.files().areMany()).isFalse();
  }

  /** Git's readers that stay have the old packs open, or not yet. */
  @Test
  void whoReadsAndWritesMeanwhileMissesNothing() throws Exception {
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var gathering =
          workers.submit(
              () -> {
                for (var i = 0; i < 20; i++) {
                  repository.files().gather();
                }
              });
      var taken = new ArrayList<ObjectId>();
      for (var i = 0; i < 40 || !gathering.isDone(); i++) {
        var commit = change(i);
        Future<ObjectId> taking = workers.submit(() -> take(commit, root));
        var blob = repository.writeBlob(("blob " + i).getBytes(UTF_8));
        taken.add(taking.get());
        assertThat(repository.content(blob)).asString(UTF_8).isEqualTo("blob " + i);
        assertThat(taken).allMatch(repository::hasCommit);
        assertThat(new MergeAnalyzer(repository).analyze(root, commit))
            .isInstanceOf(Analysis.Clean.class);
      }
      gathering.get();
    }
    assertThat(repository.git().text("fsck", "--full", "--no-dangling")).isEmpty();
  }

  @Test
  void whatAKilledImportLeftIsCleared() throws IOException {
    var left =
        List.of(
            Files.createDirectories(repository.directory().resolve("quarantine-1/objects/pack")),
            Files.createFile(repository.directory().resolve("objects/tmp_obj_1")),
            Files.createFile(repository.directory().resolve("objects/pack/tmp_pack_1")),
            Files.createFile(repository.directory().resolve("objects/pack/.tmp-1-pack-2.pack")));
    var packs = packs();

    repository.files().clearLeftovers();

    assertThat(left).noneMatch(Files::exists);
    assertThat(packs()).isEqualTo(packs.stream().filter(p -> !p.contains("tmp")).toList());
    assertThat(repository.hasCommit(root)).isTrue();
  }

  private List<String> packs() throws IOException {
    try (var files =
        Files.newDirectoryStream(repository.directory().resolve("objects/pack"), "*.pack")) {
      var names = new ArrayList<String>();
      files.forEach(file -> names.add(file.getFileName().toString()));
      return names.stream().sorted().toList();
    }
  }
}
