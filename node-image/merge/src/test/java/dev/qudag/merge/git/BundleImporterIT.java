package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Refusal;
import dev.qudag.merge.Refusal.Reason;
import dev.qudag.merge.git.process.GitSettings;
import dev.qudag.merge.tree.TreeEntry;
import dev.qudag.merge.tree.TreeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleImporterIT {
  private static final TreeLimits SMALL =
      new TreeLimits(10, 64 * 1024, 256 * 1024, 200, 128 * 1024, 50, 512 * 1024);

  @TempDir Path directory;
  private TestingHistory agent;
  private GitRepository hub;
  private ObjectId root;

  @BeforeEach
  void init() {
    agent = TestingHistory.in(directory.resolve("agent.git"));
    hub =
        GitRepository.openOrInit(
            directory.resolve("hub.git"), TestingHistory.MAIN, GitSettings.DEFAULT, SMALL);
    root = agent.commit(List.of(), "a", "a\n");
  }

  @Test
  void aBundleBringsItsCommitAndMovesNoRef() throws IOException {
    assertThat(send(root)).isEqualTo(new BundleImporter.Result.Imported(root));
    assertThat(hub.hasCommit(root)).isTrue();
    assertThat(hub.refs(dev.qudag.merge.RefName.of("refs/heads"))).isEmpty();
    assertThat(hub.git().text("count-objects", "-v")).contains("packs: 1", "garbage: 0");
  }

  @Test
  void aThinBundleBuildsOnWhatTheHubHas() {
    send(root);
    var next = agent.commit(List.of(root), "a", "a\nb\n");

    assertThat(send(next, root)).isEqualTo(new BundleImporter.Result.Imported(next));
    assertThat(send(next, root)).as("again").isEqualTo(new BundleImporter.Result.Imported(next));
  }

  @Test
  void whoTakesInWhatIsNewRefusesGitLfs() {
    var lfs = agent.commit(List.of(root), ".gitattributes", "*.bin filter=lfs -text\n");
    var bundle = agent.bundle(directory.resolve("lfs.bundle"), lfs);

    var refused = BundleImporter.refusingLfs(hub).importBundle(bundle, lfs);

    assertThat(refusal(refused).reason()).isEqualTo(Reason.LfsUnsupported);
    assertThat(hub.hasCommit(lfs)).isFalse();
    assertThat(new BundleImporter(hub).importBundle(bundle, lfs))
        .as("validators take what the hub has taken")
        .isEqualTo(new BundleImporter.Result.Imported(lfs));
  }

  @Test
  void aBundleOnAnUnknownBaseIsRefused() {
    var next = agent.commit(List.of(root), "a", "a\nb\n");

    assertThat(refusal(send(next, root)).reason()).isEqualTo(Reason.UnknownBase);
    assertThat(hub.hasCommit(next)).isFalse();
  }

  @Test
  void anotherCommitThanTheAnnouncedOneIsRefused() {
    var bundle = agent.bundle(directory.resolve("x.bundle"), root);
    var result = new BundleImporter(hub).importBundle(bundle, ObjectId.of("1".repeat(40)));

    assertThat(refusal(result).reason()).isEqualTo(Reason.UnknownRevision);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        ".git",
        ".GIT",
        ".g\u200cit",
        "git~1",
        ".git ",
        ".git...",
        ".git::$INDEX",
        "../x",
        "a/b"
      })
  void aNameThatLeavesTheTreeOrNamesARepositoryIsHostile(String name) {
    assertHostile(agent.rawTree(TreeEntry.FILE, name.getBytes(UTF_8), agent.blob("x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"line\nbreak", "bell\u0007", "bidi\u202etxt", "back\\slash", ".gitmodules", ".jj"})
  void aNameThatHidesSomethingIsHostile(String name) {
    assertHostile(agent.rawTree(TreeEntry.FILE, name.getBytes(UTF_8), agent.blob("x")));
  }

  @Test
  void aNameThatIsNotUtf8IsHostile() {
    assertHostile(agent.rawTree(TreeEntry.FILE, new byte[] {'a', (byte) 0xff}, agent.blob("x")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../x", "sub/../../x", ".git/config", "sub/.GIT/hooks"})
  void aLinkOutOfTheTreeIsHostile(String target) {
    assertHostile(agent.rawTree(TreeEntry.SYMLINK, "link".getBytes(UTF_8), agent.blob(target)));
  }

  @Test
  void aSubmoduleIsHostile() {
    assertHostile(agent.rawTree(TreeEntry.SUBMODULE, "sub".getBytes(UTF_8), root));
  }

  @Test
  void theRefusalNamesThePath() {
    var tree = agent.rawTree(TreeEntry.FILE, "../x".getBytes(UTF_8), agent.blob("x"));

    assertThat(refusal(send(agent.commitTree(tree, List.of(root)))))
        .isEqualTo(new Refusal(Reason.HostileTree, "'../x' is not a path inside the tree"));
  }

  @Test
  void aHostileNameBelowADirectoryIsFound() {
    var below = agent.rawTree(TreeEntry.FILE, "x\ny".getBytes(UTF_8), agent.blob("x"));
    assertHostile(agent.rawTree("40000", "dir".getBytes(UTF_8), below));
  }

  @Test
  void tooManyFilesAreTooLarge() {
    var files = new String[22];
    for (var i = 0; i < files.length; i += 2) {
      files[i] = "file" + i;
      files[i + 1] = "x" + i;
    }
    assertThat(refusal(send(agent.commit(List.of(root), files))).reason())
        .isEqualTo(Reason.TooLarge);
  }

  @Test
  void aFileBeyondTheLimitIsTooLarge() {
    var commit = agent.commit(List.of(root), "big", "x".repeat(65 * 1024));
    var refusal = refusal(send(commit));

    assertThat(refusal)
        .isEqualTo(
            new Refusal(
                Reason.TooLarge,
                "the bundle has an object of 66560 bytes, at most 65536 are allowed"));
    assertThat(hub.hasCommit(commit)).isFalse();
  }

  @Test
  void filesThatAreLargeOnlyTogetherAreTooLarge() {
    var files = new String[18];
    for (var i = 0; i < files.length; i += 2) {
      files[i] = "file" + i;
      files[i + 1] = (i + "x").repeat(20 * 1024);
    }
    assertThat(refusal(send(agent.commit(List.of(root), files))).reason())
        .isEqualTo(Reason.TooLarge);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "# v2 git bundle\n",
        "# v2 git bundle\n-x\n\n",
        "# v3 git bundle\n@filter=x\n\n"
      })
  void whatIsNoBundleIsBad(String content) throws IOException {
    var file = Files.writeString(directory.resolve("bad.bundle"), content);

    assertThat(refusal(new BundleImporter(hub).importBundle(file, root)).reason())
        .isEqualTo(Reason.BadBundle);
  }

  @Test
  void aDamagedPackIsBadAndLeavesNothing() throws IOException {
    var bundle = agent.bundle(directory.resolve("x.bundle"), root);
    var bytes = Files.readAllBytes(bundle);
    bytes[bytes.length - 5] ^= 1;
    Files.write(bundle, bytes);

    assertThat(refusal(new BundleImporter(hub).importBundle(bundle, root)).reason())
        .isEqualTo(Reason.BadBundle);
    assertThat(hub.hasCommit(root)).isFalse();
    try (var left = Files.list(hub.directory())) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .noneMatch(n -> n.startsWith("quarantine-"));
    }
  }

  @Test
  void aMissingObjectIsBad() {
    var tree = agent.rawTree(TreeEntry.FILE, "a".getBytes(UTF_8), agent.blob("here"));
    var commit = agent.commitTree(tree, List.of());
    var bundle = directory.resolve("x.bundle");
    agent.bundle(bundle, commit);
    var orphan = agent.commitTree(agent.repository.treeOf(commit).orElseThrow(), List.of(root));
    // claims to need nothing, yet leaves out the parent
    var thin = agent.bundle(directory.resolve("thin.bundle"), orphan, root);
    var whole = stripPrerequisites(thin);

    assertThat(refusal(new BundleImporter(hub).importBundle(whole, orphan)).reason())
        .isEqualTo(Reason.BadBundle);
  }

  private Path stripPrerequisites(Path bundle) {
    try {
      var text =
          new String(Files.readAllBytes(bundle), java.nio.charset.StandardCharsets.ISO_8859_1);
      var stripped = text.replaceFirst("(?m)^-[0-9a-f]{40}\n", "");
      return Files.write(
          directory.resolve("whole.bundle"),
          stripped.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void assertHostile(ObjectId tree) {
    var commit = agent.commitTree(tree, List.of(root));
    var refusal = refusal(send(commit));

    assertThat(refusal.reason()).as(refusal.message()).isEqualTo(Reason.HostileTree);
    assertThat(refusal.message()).matches("[\\P{Cntrl}]+");
    assertThat(hub.hasCommit(commit)).isFalse();
  }

  private BundleImporter.Result send(ObjectId commit, ObjectId... haves) {
    var bundle = agent.bundle(directory.resolve("x.bundle"), commit, haves);
    return new BundleImporter(hub).importBundle(bundle, commit);
  }

  private static Refusal refusal(BundleImporter.Result result) {
    assertThat(result).isInstanceOf(BundleImporter.Result.Refused.class);
    return ((BundleImporter.Result.Refused) result).refusal();
  }
}
