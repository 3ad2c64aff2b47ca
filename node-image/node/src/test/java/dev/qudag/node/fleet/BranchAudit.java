package dev.qudag.node.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.book.Changes;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.verify.CertificateFile;
import dev.qudag.node.workspace.vcs.Command;
import dev.qudag.node.workspace.vcs.Git;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold of a hub's volume once all that agents proposed has ended. Of a hub that lives the
 * journal is its own: then {@link #eachEndedOnce} is not to be asked.
 */
final class BranchAudit {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  /** Prints the commits of the branch whose program does not run; $1 is a folder to check out. */
  private static final String BUILD_ALL =
      """
      commits=$(git rev-list refs/heads/main)
      for commit in $commits; do
        rm -rf "$1"
        mkdir "$1"
        git archive "$commit" | tar -x -C "$1"
        (cd "$1" && sh main.sh >/dev/null 2>&1) || echo "$commit"
      done
      """;

  /** Prints what the program on the branch prints. */
  private static final String RUN_LAST =
      """
      rm -rf "$1"
      mkdir "$1"
      git archive refs/heads/main | tar -x -C "$1"
      cd "$1"
      sh main.sh
      """;

  private final Path data;
  private final Path scratch;
  private final Genesis genesis;
  private final HubRepository repository;
  private final Git git;

  /**
   * @param data the hub's volume
   * @param scratch an empty folder
   */
  BranchAudit(Path data, Path scratch, Genesis genesis) {
    this.data = data;
    this.scratch = scratch;
    this.genesis = genesis;
    this.repository = HubRepository.open(data, "main");
    this.git = new Git(data.resolve(HubRepository.FOLDER), scratch);
  }

  void gitFindsNoFault() {
    Command.Output fsck = git.command("fsck", "--full", "--no-dangling", "--no-progress").run();
    assertThat(fsck.code()).as("git fsck: %s%s", fsck.text(), fsck.err()).isZero();
  }

  /**
   * Each name that an agent was given is in the journal with an end; and the branch is made of one
   * commit for each that landed, each with a certificate that proves it from genesis.
   */
  void eachEndedOnce(Collection<String> accepted) throws IOException {
    Map<String, HubProposal> journal = new HashMap<>();
    ProposalBook.open(data, InstantSource.system(), new Changes())
        .all()
        .forEach(proposal -> journal.put(proposal.name(), proposal));
    assertThat(journal.keySet()).containsAll(accepted);
    assertThat(journal.values())
        .allSatisfy(proposal -> assertThat(proposal.standing().isEnd()).isTrue());

    Map<String, String> landed = new HashMap<>();
    journal.forEach(
        (name, proposal) -> {
          if (proposal.standing() instanceof Standing.Landed end) {
            landed.put(end.was().commit().hex(), proposal.commit().hex());
          }
        });
    assertThat(onTheBranch()).containsExactlyInAnyOrderEntriesOf(landed);
    assertThat(landed.values()).doesNotHaveDuplicates();
    landed.keySet().forEach(this::isProven);
  }

  /** Merge commit to the commit that it took in, down to the one of genesis. */
  private Map<String, String> onTheBranch() {
    Map<String, String> merges = new HashMap<>();
    git.ask("log", "--first-parent", "--format=%H %P", genesis.head() + "..refs/heads/main")
        .lines()
        .map(line -> line.split(" ", -1))
        .forEach(
            ids -> {
              assertThat(ids).as("a merge of two commits").hasSize(3);
              merges.put(ids[0], ids[2]);
            });
    return merges;
  }

  private void isProven(String commit) {
    byte[] note = repository.certificates().read(ObjectId.of(commit)).orElseThrow();
    assertThat(CertificateVerifier.of(genesis).verify(CertificateFile.read(note).certificate()))
        .isInstanceOf(Verification.Proven.class);
  }

  /** Those of the agents too. */
  void everyCommitBuilds() {
    assertThat(inRepository(BUILD_ALL).lines().toList()).as("commits that do not run").isEmpty();
  }

  /** Of these lines none is missing at the end, and none is there twice. */
  void keepsEveryLine(List<String> lines) {
    assertThat(printed()).containsExactlyInAnyOrderElementsOf(lines);
  }

  /** What the program on the branch prints. */
  List<String> printed() {
    return inRepository(RUN_LAST).lines().toList();
  }

  private String inRepository(String script) {
    var environment = new HashMap<>(Git.environment(scratch));
    environment.put("GIT_DIR", git.directory().toString());
    var words = new ArrayList<>(List.of("sh", "-euc", script, "sh"));
    words.add(scratch.resolve("checkout").toString());
    return new Command(words, scratch, environment, LIMIT).run().orThrow().text();
  }
}
