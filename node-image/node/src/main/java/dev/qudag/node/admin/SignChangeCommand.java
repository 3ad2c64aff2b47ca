package dev.qudag.node.admin;

import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.KeyFolder;
import dev.qudag.node.verify.InputFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qudag-node admin sign}. */
@Command(
    name = "sign",
    description = {
      "Says what a pending change does, and signs it.",
      "The output is the value of the annotation qudag.dev/admin-signature; what is signed stands on"
          + " standard error: read it first."
    },
    mixinStandardHelpOptions = true)
final class SignChangeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "CHANGE_FILE",
      description = "key \"change\" of ConfigMap <swarm>-pending-change")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FOLDER",
      description = "the folder that `qudag-node admin key` made")
  private Path key = Path.of("");

  @Option(
      names = "--digest",
      required = true,
      paramLabel = "HEX",
      description = "what status.pendingChange.digest of the Swarm shows; another file is refused")
  private String digest = "";

  @Override
  public Integer call() throws IOException {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    try {
      byte[] change = InputFile.read(file);
      String actual = Digest.sha256(change).hex();
      if (!actual.equals(digest)) {
        throw new ParameterException(
            line, file + " has digest " + actual + ", expected " + digest + ": fetch it again");
      }
      PendingChange.describe(change).forEach(line.getErr()::println);
      line.getErr().flush();
      line.getOut().println(AdminSignature.sign(change, KeyFolder.read(key)).toText());
      line.getOut().flush();
      return CommandLine.ExitCode.OK;
    } catch (NoSuchFileException e) {
      throw new ParameterException(line, e.getFile() + " is not there", e);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, e.getMessage(), e);
    }
  }
}
