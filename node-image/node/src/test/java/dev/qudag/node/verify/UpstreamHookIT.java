package dev.qudag.node.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.Notes;
import dev.qudag.node.QudagNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** samples/upstream-hook with a real bare repository, real pushes and the real verifier. */
class UpstreamHookIT {
  private static final Path SAMPLE =
      Path.of(System.getProperty("qudag.root"), "samples/upstream-hook/pre-receive");
  private static final RefName MAIN = RefName.of(TestingProofs.BRANCH);
  private static final RefName PROOFS = RefName.of("refs/notes/qudag");
  private static final CommitMeta META =
      new CommitMeta("a", "a@example.invalid", "a", "a@example.invalid", 1, "a change");

  @TempDir Path folder;
  private final TestingProofs proofs = new TestingProofs();
  private GitRepository hub;
  private GitRepository upstream;
  private ObjectId start;

  /** What a git command said, and how it ended. */
  private record Outcome(int exit, List<String> lines) {
    /** The lines that the hook wrote. */
    List<String> ofTheHook() {
      return lines.stream().filter(line -> line.startsWith("remote: qudag: ")).toList();
    }
  }

  @BeforeEach
  void makeTheRepositories() throws Exception {
    hub = GitRepository.openOrInit(folder.resolve("hub.git"), MAIN);
    upstream = GitRepository.openOrInit(folder.resolve("upstream.git"), MAIN);
    start = commit("start");
    hub.update(MAIN, start, ObjectId.ZERO);
    assertThat(push("main").exit()).isZero();

    Path hook = upstream.directory().resolve("hooks/pre-receive");
    Files.createDirectories(hook.getParent());
    Files.copy(SAMPLE, hook, StandardCopyOption.COPY_ATTRIBUTES);
    Path genesis = folder.resolve("the genesis");
    Files.write(genesis, proofs.genesis.encode());
    configure("qudag.branch", MAIN.full());
    configure("qudag.genesis", proofs.genesis.digest().hex());
    configure("qudag.genesisFile", genesis.toString());
    configure("qudag.verifier", verifier().toString());
  }

  @Test
  void takesWhatWasCertifiedWithItsCertificates() throws Exception {
    ObjectId one = land(start, "one");
    ObjectId two = land(one, "two");

    Outcome push = push("main", PROOFS.full());

    assertThat(push.exit()).as("%s", push).isZero();
    assertThat(upstream.ref(MAIN)).contains(two);
    ObjectId three = land(two, "three");
    assertThat(push("--atomic", "main", PROOFS.full()).exit()).isZero();
    assertThat(upstream.ref(MAIN)).contains(three);
  }

  /** Git cuts the names of notes into folders when there are many. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void findsACertificateAmongMany(int folders) throws Exception {
    ObjectId one = follow(start, "one");
    MergeDecision decision = decision(start, one);
    String path =
        one.hex().replaceFirst("(..)".repeat(folders), "$1/$2/$3/".substring(0, 3 * folders));
    ObjectId notes =
        hub.writeTree(Map.of(path, proofs.file(proofs.certificate(decision), decision)));
    hub.update(PROOFS, hub.writeCommit(CommitBuilder.bytes(notes, List.of(), META)), ObjectId.ZERO);

    assertThat(new Notes(hub, PROOFS).read(one)).isPresent();
    assertThat(push("main", PROOFS.full()).ofTheHook()).isEmpty();
    assertThat(upstream.ref(MAIN)).contains(one);
  }

  @Test
  void takesARebaseByTheCertificateOfItsLastCommit() throws Exception {
    ObjectId one = land(start, "one");
    ObjectId two = follow(one, "two");
    ObjectId three = follow(two, "three");
    MergeDecision rebase = decision(one, three);
    note(three, proofs.certificate(rebase), rebase);
    ObjectId four = land(three, "four");

    assertThat(push("main", PROOFS.full()).exit()).isZero();
    assertThat(upstream.ref(MAIN)).contains(four);
  }

  /** The checks saw the tree of the last one alone. */
  @Test
  void takesWhatLandedTogetherAsAWholeAlone() throws Exception {
    ObjectId one = follow(start, "one");
    ObjectId two = follow(one, "two");
    var batch = new BatchDecision(List.of(decision(start, one), decision(one, two)), List.of());
    note(one, proofs.certificate(batch), batch);
    note(two, proofs.certificate(batch), batch);

    assertRefused(
        push(one + ":" + MAIN.full(), PROOFS.full()),
        one + " is refused: it landed together with what follows on it, and the checks saw " + two);
    assertThat(push("main", PROOFS.full()).exit()).isZero();
    assertThat(upstream.ref(MAIN)).contains(two);
  }

  @Test
  void refusesWhatLandedOnAnotherCommit() throws Exception {
    ObjectId aside = commit("aside", start);
    ObjectId one = follow(start, "one");
    MergeDecision decision = decision(aside, one);
    note(one, proofs.certificate(decision), decision);

    assertRefused(push("main", PROOFS.full()), one + " is refused: it landed on " + aside);
  }

  @Test
  void refusesACommitWithoutACertificate() throws Exception {
    ObjectId one = land(start, "one");

    assertRefused(push("main"), one + " is refused: it has no certificate in refs/notes/qudag; ");
  }

  @Test
  void refusesTheUncertifiedOneAmongCertifiedOnes() throws Exception {
    ObjectId one = land(start, "one");
    ObjectId two = follow(one, "two");
    land(two, "three");

    assertRefused(push("main", PROOFS.full()), two + " is refused: it has no certificate");
    assertThat(upstream.ref(PROOFS)).isEmpty();
  }

  @Test
  void refusesTheCertificateOfAnotherCommit() throws Exception {
    ObjectId one = land(start, "one");
    ObjectId two = follow(one, "two");
    new Notes(hub, PROOFS).write(two, new Notes(hub, PROOFS).read(one).orElseThrow(), META);

    assertRefused(
        push("main", PROOFS.full()),
        two + " is refused: not proven: OtherCommit: expected " + two + ", ");
  }

  @Test
  void refusesTheCertificateOfAnotherBranch() throws Exception {
    ObjectId one = follow(start, "one");
    MergeDecision decision =
        proofs.decision("refs/heads/release", start.hex(), one.hex(), one.hex());
    note(one, proofs.certificate(decision), decision);

    assertRefused(
        push("main", PROOFS.full()), one + " is refused: not proven: OtherBranch: expected ");
  }

  @Test
  void refusesAForgedCertificate() throws Exception {
    ObjectId one = follow(start, "one");
    MergeDecision decision = decision(start, one);
    note(one, proofs.forged(decision), decision);

    assertRefused(push("main", PROOFS.full()), one + " is refused: not proven: BadSignature: ");
  }

  @Test
  void refusesTheCertificateOfAnotherSwarm() throws Exception {
    ObjectId one = follow(start, "one");
    TestingProofs others = new TestingProofs();
    MergeDecision decision = others.decision(MAIN.full(), start.hex(), one.hex(), one.hex());
    new Notes(hub, PROOFS).write(one, others.file(others.certificate(decision), decision), META);

    assertRefused(push("main", PROOFS.full()), one + " is refused: not proven: WrongValidatorSet");
  }

  @Test
  void refusesANoteThatIsNoCertificate() throws Exception {
    ObjectId one = follow(start, "one");
    new Notes(hub, PROOFS).write(one, "let me in".getBytes(StandardCharsets.UTF_8), META);

    assertRefused(push("main", PROOFS.full()), one + " is refused: not proven: Malformed: ");
  }

  @Test
  void refusesToDeleteTheBranch() throws Exception {
    assertRefused(push(":main"), start + " is refused: refs/heads/main may not be deleted; ");
  }

  @Test
  void refusesToMakeTheBranch() throws Exception {
    configure("qudag.branch", "refs/heads/release");

    assertRefused(
        push("main:refs/heads/release"),
        start + " is refused: refs/heads/release does not exist; make it on the server");
  }

  @Test
  void refusesToTakeBackWhatLanded() throws Exception {
    ObjectId one = land(start, "one");
    assertThat(push("main", PROOFS.full()).exit()).isZero();

    Outcome push = push("--force", start + ":refs/heads/main");

    assertThat(push.exit()).isNotZero();
    assertThat(push.ofTheHook())
        .singleElement()
        .asString()
        .startsWith("remote: qudag: " + start + " is refused: it takes " + one + " off ");
    assertThat(upstream.ref(MAIN)).contains(one);
  }

  /** Also where the landed commit stays as the second parent, which Git itself would take. */
  @Test
  void refusesAnotherHistory() throws Exception {
    ObjectId one = land(start, "one");
    assertThat(push("main", PROOFS.full()).exit()).isZero();
    ObjectId aside = commit("aside", start);
    ObjectId swallowing = commit("swallowing", aside, one);

    for (ObjectId rewritten : List.of(aside, swallowing)) {
      Outcome push = push("--force", rewritten + ":refs/heads/main");
      assertThat(push.exit()).isNotZero();
      assertThat(push.ofTheHook())
          .singleElement()
          .asString()
          .startsWith("remote: qudag: " + aside + " is refused: it does not follow on " + one);
    }
    assertThat(upstream.ref(MAIN)).contains(one);
  }

  @Test
  void refusesEverythingUntilItIsSetUp() throws Exception {
    land(start, "one");
    assertThat(git(upstream, "config", "--unset", "qudag.genesis").exit()).isZero();

    assertRefused(
        push("main", PROOFS.full()),
        "every push is refused: qudag.genesis is not set in this repository; set it on the server");
  }

  @Test
  void refusesWhenTheVerifierCannotRun() throws Exception {
    ObjectId one = land(start, "one");
    configure("qudag.verifier", folder.resolve("nowhere").toString());

    assertRefused(push("main", PROOFS.full()), one + " is refused: ");
  }

  @Test
  void leavesOtherBranchesAlone() throws Exception {
    ObjectId free = commit("free", start);

    assertThat(push(free + ":refs/heads/feature").exit()).isZero();
  }

  private void assertRefused(Outcome push, String start) {
    assertThat(push.exit()).isNotZero();
    assertThat(push.ofTheHook())
        .as("%s", push)
        .singleElement()
        .asString()
        .startsWith("remote: qudag: " + start);
    assertThat(upstream.ref(MAIN)).contains(this.start);
  }

  /** A commit on the hub's branch with its certificate. */
  private ObjectId land(ObjectId base, String content) {
    ObjectId commit = follow(base, content);
    MergeDecision decision = decision(base, commit);
    note(commit, proofs.certificate(decision), decision);
    return commit;
  }

  private ObjectId follow(ObjectId base, String content) {
    ObjectId commit = commit(content, base, commit(content + "'s head", base));
    assertThat(hub.update(MAIN, commit, base)).isTrue();
    return commit;
  }

  private MergeDecision decision(ObjectId base, ObjectId commit) {
    return proofs.decision(MAIN.full(), base.hex(), commit.hex(), commit.hex());
  }

  private void note(ObjectId commit, DecisionCertificate certificate, Decision decision) {
    new Notes(hub, PROOFS).write(commit, proofs.file(certificate, decision), META);
  }

  private ObjectId commit(String content, ObjectId... parents) {
    ObjectId tree = hub.writeTree(Map.of("file", content.getBytes(StandardCharsets.UTF_8)));
    return hub.writeCommit(CommitBuilder.bytes(tree, List.of(parents), META));
  }

  private Outcome push(String... what) throws Exception {
    List<String> command = new ArrayList<>(List.of("push"));
    List.of(what).stream().filter(word -> word.startsWith("--")).forEach(command::add);
    command.add(upstream.directory().toString());
    List.of(what).stream().filter(word -> !word.startsWith("--")).forEach(command::add);
    return git(hub, command.toArray(String[]::new));
  }

  private void configure(String name, String value) throws Exception {
    assertThat(git(upstream, "config", name, value).exit()).isZero();
  }

  private Outcome git(GitRepository repository, String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of("git", "-C", repository.directory().toString()));
    all.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    Process git = builder.start();
    git.getOutputStream().close();
    String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(git.waitFor(), output.lines().map(String::strip).toList());
  }

  /** As bin/qudag-node starts it. */
  private Path verifier() throws IOException {
    Path script = folder.resolve("qudag-node");
    Files.writeString(
        script,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin/java"),
                System.getProperty("java.class.path"),
                QudagNode.class.getName()));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }
}
