package dev.qudag.node.rehearse;

import dev.qudag.node.workspace.vcs.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** For the build of the image, not for people: hidden from the list of roles. */
@Command(
    name = "rehearse",
    hidden = true,
    description = {
      "Lands one change in a swarm of one validator, all in this process and a temporary folder.",
      "The build of the image runs it to record what a start needs."
    },
    mixinStandardHelpOptions = true)
public final class RehearseCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("qudag-rehearsal");
    try {
      new Rehearsal(folder).play();
    } finally {
      Trees.delete(folder);
    }
    return ExitCode.OK;
  }
}
