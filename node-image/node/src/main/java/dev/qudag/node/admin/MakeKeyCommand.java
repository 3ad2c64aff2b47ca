package dev.qudag.node.admin;

import dev.qudag.crypto.KeyFolder;
import dev.qudag.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qudag-node admin key}. */
@Command(
    name = "key",
    description = {
      "Makes an ML-DSA-87 key in a new folder, and prints its public half for spec.adminKeys.",
      "Who has the folder signs for you: keep it away from the cluster, and keep a copy of it."
    },
    mixinStandardHelpOptions = true)
final class MakeKeyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "folder to make; only you can read it")
  private Path folder = Path.of("");

  @Override
  public Integer call() throws IOException {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    try {
      SigningKey key = KeyFolder.create(folder);
      line.getOut().println(Base64.getEncoder().encodeToString(key.verifyingKey().bytes()));
      line.getOut().flush();
      return CommandLine.ExitCode.OK;
    } catch (FileAlreadyExistsException e) {
      throw new ParameterException(line, folder + " is there already: name another folder", e);
    }
  }
}
