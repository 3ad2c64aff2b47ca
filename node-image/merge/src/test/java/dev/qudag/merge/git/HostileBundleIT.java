package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Refusal;
import dev.qudag.merge.Refusal.Reason;
import dev.qudag.merge.git.TestingPack.Type;
import dev.qudag.merge.git.process.GitProcess;
import dev.qudag.merge.git.process.GitSettings;
import dev.qudag.merge.git.process.ProcessBounds;
import dev.qudag.merge.tree.TreeEntry;
import dev.qudag.merge.tree.TreeLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small bundles that would unpack, list or walk to more than a node has. */
@Timeout(120)
class HostileBundleIT {
  private static final TreeLimits MANY =
      new TreeLimits(
          200_000, 1 << 20, 64 << 20, 1024, 64 << 20, /* packObjects= */ 1_000_000, 256 << 20);

  @TempDir Path directory;
  private final TestingPack pack = new TestingPack();

  private GitRepository hub(TreeLimits limits) {
    return GitRepository.openOrInit(
        directory.resolve("hub.git"), TestingHistory.MAIN, GitSettings.DEFAULT, limits);
  }

  private ObjectId file() {
    return pack.tree(TreeEntry.FILE, pack.add(Type.BLOB, "x".getBytes(UTF_8)), 1);
  }

  /** Ten trees of ten items each: 10^10 files in less than 1 KiB. */
  @Test
  void treesThatNameOneAnotherAreListedNoFurtherThanTheLimit() {
    var tree = pack.tree(TreeEntry.FILE, pack.add(Type.BLOB, "x".getBytes(UTF_8)), 10);
    for (var level = 1; level < 10; level++) {
      tree = pack.tree("40000", tree, 10);
    }

    assertThat(refusal(hub(MANY), pack.commit(tree, "bomb", List.of())))
        .isEqualTo(new Refusal(Reason.TooLarge, "200001 files, at most 200000 are allowed"));
  }

  @Test
  void aTreeOfAMillionFilesIsTooLarge() {
    var tree = pack.tree(TreeEntry.FILE, pack.add(Type.BLOB, "x".getBytes(UTF_8)), 20);
    for (var level = 1; level < 5; level++) {
      tree = pack.tree("40000", tree, 20);
    }

    assertThat(refusal(hub(MANY), pack.commit(tree, "3.2 million", List.of())).reason())
        .isEqualTo(Reason.TooLarge);
  }

  @Test
  void aPathDeeperThanTheLimitIsHostile() {
    var tree = file();
    for (var level = 0; level < 1500; level++) {
      tree = pack.tree("40000", tree, 1);
    }

    assertThat(refusal(hub(MANY), pack.commit(tree, "deep", List.of())).reason())
        .isEqualTo(Reason.HostileTree);
  }

  /** Of a commit that is not the tip: nothing checks it out, and git walks it all the same. */
  @Test
  void foldersDeeperThanGitWalksAreHostileAnywhereInTheHistory() {
    var flat = file();
    var deep = flat;
    for (var level = 0; level < 200_000; level++) {
      deep = pack.tree("40000", deep, 1);
    }
    var before = pack.commit(deep, "deep", List.of());
    var hub = hub(MANY);
    var tip = pack.commit(flat, "flat", List.of(before));

    assertThat(refusal(hub, tip))
        .isEqualTo(
            new Refusal(Reason.HostileTree, "folders within folders, deeper than git walks"));
    assertThat(hub.hasCommit(tip)).isFalse();
  }

  /** Each byte of a thin pack can bring a whole file of the repository into it once more. */
  @Test
  void aThinPackIsKeptWithNoMoreThanTwiceItsLimit() throws IOException {
    var limits = new TreeLimits(100, 64 << 10, 4 << 20, 200, 32 << 10, 100, 8 << 20);
    var hub = hub(limits);
    var agent = TestingHistory.in(directory.resolve("agent.git"));
    var random = new Random(1);
    var before = new ArrayList<String>();
    var after = new ArrayList<String>();
    for (var i = 0; i < 20; i++) {
      var text = new StringBuilder();
      random.ints(60_000, ' ', '~').forEach(c -> text.append((char) c));
      before.addAll(List.of("file" + i, text.toString()));
      after.addAll(List.of("file" + i, text + "y"));
    }
    var root = agent.commit(List.of(), before.toArray(String[]::new));
    assertThat(new TestingHistory(hub).commit(List.of(), before.toArray(String[]::new)))
        .isEqualTo(root);
    var next = agent.commit(List.of(root), after.toArray(String[]::new));
    var bundle = agent.bundle(directory.resolve("thin.bundle"), next, root);
    assertThat(Files.size(bundle)).isLessThan(limits.packBytes());

    assertThat(refusal(new BundleImporter(hub).importBundle(bundle, next)))
        .isEqualTo(
            new Refusal(
                Reason.TooLarge,
                "the bundle takes more than 402653184 bytes of memory, or 65536 on the disk, to unpack"));
  }

  @Test
  void aSubmoduleFileThatRunsSomethingIsHostileAnywhereInTheHistory() {
    var agent = TestingHistory.in(directory.resolve("agent.git"));
    var modules = "[submodule \"x\"]\n\tpath = x\n\turl = --upload-pack=touch /tmp/owned\n";
    var before = agent.commit(List.of(), ".gitmodules", modules);
    var tip = agent.commit(List.of(before), "README.md", "harmless\n");
    var hub = hub(MANY);
    var bundle = agent.bundle(directory.resolve("x.bundle"), tip);

    assertThat(refusal(new BundleImporter(hub).importBundle(bundle, tip)))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.HostileTree))
        .satisfies(refusal -> assertThat(refusal.message()).contains("submodule url"));
  }

  @Test
  void aRefNameWithALineBreakIsNoName() throws IOException {
    var tip = pack.commit(file(), "x", List.of());
    var bundle = pack.bundle(directory.resolve("x.bundle"), tip);
    var bytes = new String(Files.readAllBytes(bundle), ISO_8859_1);
    for (var name : List.of("refs/heads/a\nrefs/heads/b", "--upload-pack=x", "refs/heads/../x")) {
      var hostile = bytes.replaceFirst("refs/heads/main", name);
      Files.write(bundle, hostile.getBytes(ISO_8859_1));
      assertThat(refusal(new BundleImporter(hub(MANY)).importBundle(bundle, tip)))
          .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.BadBundle))
          .satisfies(refusal -> assertThat(refusal.message()).matches("[\\P{Cntrl}]+"));
    }
  }

  @Test
  void aGitThatTakesMoreMemoryThanItIsGivenEndsByItself() {
    var small = new ProcessBounds(/* memoryBytes= */ 32 << 20, 1 << 20);
    var hub = hub(MANY);
    var content = new byte[64 << 20];

    var result =
        hub.git()
            .within(small)
            .run(GitProcess.Input.of(content), ProcessBounds.ENDINGS, "hash-object", "--stdin");

    assertThat(result.exit()).isEqualTo(128);
    assertThat(ProcessBounds.ended(result)).as(result.error()).isTrue();
  }

  @Test
  void aGitThatDoesNotEndIsEnded() {
    var hasty = new GitSettings("git", Duration.ofMillis(200), 1 << 20);
    var git = new GitProcess(hasty, hub(MANY).directory(), Map.of());

    assertThatThrownBy(() -> git.run("-c", "alias.wait=!sleep 60", "wait"))
        .hasMessageContaining("killed after PT0.2S");
  }

  /** On a volume of 1 MiB: refused for now, not for what it is; and nothing of it stays. */
  @Test
  void aBundleThatTheVolumeHasNoRoomForLeavesNothing() throws Exception {
    var volume = Files.createDirectory(directory.resolve("volume"));
    assumeTrue(mounted(volume), "needs the right to mount");
    try {
      var repository = GitRepository.openOrInit(volume.resolve("hub.git"), TestingHistory.MAIN);
      var noise = new byte[1 << 20];
      new Random(2).nextBytes(noise);
      var tree = pack.tree(TreeEntry.FILE, pack.add(Type.BLOB, noise), 1);
      var tip = pack.commit(tree, "large", List.of());
      var bundle = pack.bundle(directory.resolve("x.bundle"), tip);
      var importer = new BundleImporter(repository);

      assertThatThrownBy(() -> importer.importBundle(bundle, tip))
          .isInstanceOf(UncheckedIOException.class)
          .hasStackTraceContaining("No space left on device");

      assertThat(repository.hasCommit(tip)).isFalse();
      try (var left = Files.list(repository.directory())) {
        assertThat(left.map(path -> path.getFileName().toString()))
            .noneMatch(name -> name.startsWith("quarantine-"));
      }
    } finally {
      assertThat(run("umount", "--lazy", volume.toString())).isZero();
    }
  }

  private static boolean mounted(Path volume) throws Exception {
    return run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", volume.toString()) == 0;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private Refusal refusal(GitRepository hub, ObjectId tip) {
    var bundle = pack.bundle(directory.resolve("x.bundle"), tip);
    return refusal(new BundleImporter(hub).importBundle(bundle, tip));
  }

  private static Refusal refusal(BundleImporter.Result result) {
    assertThat(result).isInstanceOf(BundleImporter.Result.Refused.class);
    return ((BundleImporter.Result.Refused) result).refusal();
  }
}
