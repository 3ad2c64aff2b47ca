package dev.qudag.node.verify;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.certificate.Verification.NotProven;
import dev.qudag.consensus.certificate.Verification.Proven;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.identity.Electorate;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.policy.CheckRule;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Says what a certificate proves, offline: that a decision is final, not that nothing took it back
 * later. Exit codes: 0 proven, 1 a file cannot be read, 3 not proven.
 */
@Command(
    name = "verify",
    description = {
      "Verifies a certificate offline.",
      "Believed is the genesis fingerprint alone: take it from where you trust it. Nothing is asked"
          + " of any cluster. Of a chain that took the place of another, the other's is enough with"
          + " an administrator's signature.",
      "What is proven is that the decision is final. Whether its commit is on the branch today is"
          + " not: a later decision may take back one of the last 64 landings."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the certificate proves what is printed",
      "1:a file cannot be read",
      "2:wrong usage",
      "3:it proves nothing, or something else"
    })
public final class VerifyCommand implements Callable<Integer> {
  /** Exit code of a certificate that proves nothing. */
  public static final int NOT_PROVEN = 3;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "CERT_FILE", description = "certificate.json, as the hub exports it")
  private Path certificateFile = Path.of("");

  @Option(
      names = "--genesis-file",
      required = true,
      paramLabel = "FILE",
      description = "the genesis: key \"genesis\" of ConfigMap <swarm>-genesis")
  private Path genesisFile = Path.of("");

  @Option(
      names = "--genesis",
      paramLabel = "FINGERPRINT",
      converter = DigestConverter.class,
      description = "SHA-256 that the genesis must have, 64 hex digits; or name --predecessor")
  private @Nullable Digest fingerprint;

  @ArgGroup(exclusive = false)
  private @Nullable PredecessorOptions predecessor;

  @Option(
      names = "--commit",
      paramLabel = "ID",
      description = "the commit that must have landed by this certificate, 40 hex digits")
  private @Nullable String commit;

  @Option(
      names = "--branch",
      paramLabel = "REF",
      description = "the branch that it must have landed on, such as refs/heads/main")
  private @Nullable String branch;

  @Override
  public Integer call() throws IOException {
    if (fingerprint == null && predecessor == null) {
      throw new ParameterException(
          commandLine(), "expected --genesis or --predecessor: nothing else is believed");
    }
    byte[] certificate = InputFile.read(certificateFile);
    byte[] genesis = InputFile.read(genesisFile);
    try {
      return verify(certificate, genesis);
    } catch (MalformedEncodingException e) {
      return notProven("Malformed: " + e.getMessage());
    }
  }

  private int verify(byte[] json, byte[] genesis) throws IOException {
    Optional<Digest> told = Optional.ofNullable(fingerprint);
    Optional<NotProven> broken =
        predecessor == null ? Optional.empty() : predecessor.broken(genesis, told);
    if (broken.isPresent()) {
      return notProven(broken.get().message());
    }
    CertificateFile file = CertificateFile.read(json);
    List<byte[]> seals = file.seals().stream().map(Seal::encode).toList();
    return switch (CertificateVerifier.verify(
        file.certificate().encode(),
        genesis,
        told.orElseGet(() -> Digest.sha256(genesis)),
        seals)) {
      case NotProven refused -> notProven(refused.message());
      case Proven proven -> compare(file, Genesis.decode(genesis), proven);
    };
  }

  private int compare(CertificateFile file, Genesis genesis, Proven proven) {
    Digest decision = file.decision().digest();
    if (!decision.equals(proven.decisionDigest())) {
      return notProven(
          "OtherDecision: the certificate is for decision "
              + proven.decisionDigest()
              + ", the file holds "
              + decision);
    }
    if (commit != null && !isLanding(file.decision(), LandingDecision::commits, commit)) {
      return notProven(
          "OtherCommit: expected " + commit + ", the certificate says: " + file.what());
    }
    if (branch != null
        && !isLanding(file.decision(), landing -> List.of(landing.branch()), branch)) {
      return notProven(
          "OtherBranch: expected " + branch + ", the certificate says: " + file.what());
    }
    print(file, genesis, proven);
    return CommandLine.ExitCode.OK;
  }

  private static boolean isLanding(
      Decision decision, Function<LandingDecision, List<String>> part, String expected) {
    return decision instanceof LandingDecision landing && part.apply(landing).contains(expected);
  }

  private void print(CertificateFile file, Genesis genesis, Proven proven) {
    PrintWriter out = commandLine().getOut();
    out.println("proven: " + file.what());
    field(out, "swarm", genesis.swarm() + ", genesis " + genesis.digest());
    genesis
        .predecessor()
        .ifPresent(
            before ->
                field(
                    out,
                    "begins",
                    "at " + genesis.head() + ", in the place of chain " + before.chainId()));
    MemberSet voters = votersOf(file, genesis);
    field(
        out,
        "block",
        "height " + proven.height() + ", view " + proven.view() + ", epoch " + voters.epoch());
    field(
        out,
        "signed by",
        String.join(", ", proven.signers())
            + " ("
            + weightOf(proven.signers(), voters)
            + " of "
            + voters.totalWeight()
            + ", "
            + proven.quorum()
            + " needed)");
    switch (file.decision()) {
      case MergeDecision merge -> printMerge(out, merge);
      case RevertDecision revert -> printRevert(out, revert);
      case BatchDecision batch -> printBatch(out, batch);
      case VoidDecision undone -> field(out, "reason", undone.reason());
      case AdoptDecision adopt -> field(out, "before", adopt.base());
      case PolicyDecision change ->
          field(
              out,
              "checks",
              change.next().checks().stream().map(CheckRule::name).toList().toString());
      case SetDecision change -> field(out, "set", change.change().root().toString());
      case EngineDecision change -> field(out, "before", change.previousDigest().toString());
    }
    out.flush();
  }

  /** Who voted: genesis names the first set, and each seal, proven by then, the next. */
  private static MemberSet votersOf(CertificateFile file, Genesis genesis) {
    Electorate electorate = genesis.electorate();
    for (Seal seal : file.seals()) {
      if (electorate.set().epoch() < file.certificate().block().epoch()) {
        electorate = seal.electorateAfter(electorate.set());
      }
    }
    return electorate.voters();
  }

  private static long weightOf(List<String> signers, MemberSet voters) {
    return voters.members().stream()
        .filter(member -> signers.contains(member.name()))
        .mapToLong(Member::weight)
        .sum();
  }

  private static void printMerge(PrintWriter out, MergeDecision merge) {
    printChange(out, merge);
    printTree(out, merge);
  }

  /** The checks saw the tree of the last commit. */
  private static void printBatch(PrintWriter out, BatchDecision batch) {
    for (MergeDecision member : batch.members()) {
      field(out, "commit", member.commit());
      printChange(out, member);
    }
    printTree(out, batch);
  }

  private static void printChange(PrintWriter out, MergeDecision merge) {
    var statement = merge.author().statement();
    field(out, "title", statement.title());
    field(out, "author", statement.agent() + ", workspace " + statement.workspaceName());
    field(out, "head", merge.head());
  }

  private static void printRevert(PrintWriter out, RevertDecision revert) {
    field(out, "reason", revert.order().order().reason());
    field(out, "author", revert.order().order().person());
    printTree(out, revert);
  }

  private static void printTree(PrintWriter out, LandingDecision landing) {
    LandingPolicy policy = landing.landedAs().policy();
    field(out, "base", landing.base());
    field(out, "landed by", policy.method().text());
    policy.signer().ifPresent(key -> field(out, "commit key", key.toString()));
    field(out, "tree", landing.tree());
    for (CheckResult check : landing.checks()) {
      field(out, "check", check.name() + " passed on this tree, image " + check.image());
    }
  }

  private static void field(PrintWriter out, String name, String value) {
    out.printf("  %-10s %s%n", name, value);
  }

  private int notProven(String why) {
    commandLine().getErr().println("not proven: " + why);
    commandLine().getErr().flush();
    return NOT_PROVEN;
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("run by picocli only");
    }
    return spec.commandLine();
  }
}
