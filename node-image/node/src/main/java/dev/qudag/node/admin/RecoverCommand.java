package dev.qudag.node.admin;

import dev.qudag.consensus.certificate.Recovery;
import dev.qudag.consensus.certificate.Verification.NotProven;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import dev.qudag.node.verify.CertificateFile;
import dev.qudag.node.verify.InputFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code qudag-node admin recover}. */
@Command(
    name = "recover",
    description = {
      "Puts together what a new chain takes over from one that lost too many validators.",
      "The file that it makes is key \"recovery\" of ConfigMap <swarm>-recovery"
          + " (docs/how-to/recover.md). Nothing that is not proven is written."
    },
    mixinStandardHelpOptions = true)
final class RecoverCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--genesis-file",
      required = true,
      paramLabel = "FILE",
      description = "the old genesis: key \"genesis\" of ConfigMap <swarm>-genesis")
  private Path genesisFile = Path.of("");

  @Option(
      names = "--genesis",
      required = true,
      paramLabel = "HEX",
      description = "SHA-256 that the old genesis must have")
  private String fingerprint = "";

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description =
          "certificate.json of the commit at the branch's head; leave it out when nothing had"
              + " landed")
  private @Nullable Path certificateFile;

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "file to make")
  private Path output = Path.of("");

  @Override
  public Integer call() throws IOException {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    try {
      Recovery recovery = recovery(line);
      Optional<NotProven> refusal = recovery.refusal();
      if (refusal.isPresent()) {
        throw new ParameterException(line, "not proven: " + refusal.get().message());
      }
      Files.write(output, recovery.encode(), StandardOpenOption.CREATE_NEW);
      line.getOut().println(described(recovery));
      line.getOut().flush();
      return CommandLine.ExitCode.OK;
    } catch (FileAlreadyExistsException e) {
      throw new ParameterException(line, output + " is there already: name another file", e);
    } catch (MalformedEncodingException e) {
      throw new ParameterException(line, e.getMessage(), e);
    }
  }

  private Recovery recovery(CommandLine line) throws IOException {
    Genesis genesis = genesis(line);
    if (certificateFile == null) {
      return new Recovery(genesis, Optional.empty(), List.of());
    }
    CertificateFile file = CertificateFile.read(InputFile.read(certificateFile));
    if (!(file.decision() instanceof LandingDecision landing)) {
      throw new ParameterException(
          line,
          certificateFile
              + " is of a "
              + file.decision().kind()
              + ": take that of the commit at the branch's head");
    }
    return new Recovery(
        genesis, Optional.of(new Recovery.Landed(file.certificate(), landing)), file.seals());
  }

  private Genesis genesis(CommandLine line) throws IOException {
    byte[] bytes = InputFile.read(genesisFile);
    String actual = Digest.sha256(bytes).hex();
    if (!actual.equals(fingerprint)) {
      throw new ParameterException(
          line, genesisFile + " has fingerprint " + actual + ", expected " + fingerprint);
    }
    return Genesis.decode(bytes);
  }

  private static String described(Recovery recovery) {
    return "chain %s ends at height %d: the new one begins at %s of %s"
        .formatted(
            recovery.predecessor().chainId(),
            recovery.predecessor().height(),
            recovery.head(),
            recovery.genesis().branch());
  }
}
