package dev.qudag.node;

import dev.qudag.node.admin.AdminCommand;
import dev.qudag.node.hub.HubCommand;
import dev.qudag.node.main.InvalidEnvironment;
import dev.qudag.node.rehearse.RehearseCommand;
import dev.qudag.node.validator.ValidatorCommand;
import dev.qudag.node.verify.VerifyCommand;
import dev.qudag.node.workspace.WorkspaceCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code qudag-node <role>}. Exit codes: 0 ended well, 1 failed, 2 wrong usage or environment, 3
 * verification failed.
 */
@Command(
    name = "qudag-node",
    description =
        "Runs one part of a QuDAG Swarm: its hub, a validator, a workspace, or a tool of them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "ROLE",
    subcommands = {
      HubCommand.class,
      ValidatorCommand.class,
      WorkspaceCommand.class,
      VerifyCommand.class,
      AdminCommand.class,
      RehearseCommand.class
    })
public final class QudagNode {
  private static final System.Logger LOG = System.getLogger(QudagNode.class.getName());

  private QudagNode() {}

  public static void main(String... arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new QudagNode())
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command))
        .execute(arguments);
  }

  private static int failed(Exception failure, CommandLine command) {
    if (failure instanceof InvalidEnvironment) {
      command.getErr().println(failure.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    LOG.log(
        System.Logger.Level.ERROR,
        command.getCommandName() + " failed: " + failure.getMessage(),
        failure);
    return CommandLine.ExitCode.SOFTWARE;
  }
}
