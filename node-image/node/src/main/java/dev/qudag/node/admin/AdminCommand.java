package dev.qudag.node.admin;

import picocli.CommandLine.Command;

/** {@code qudag-node admin}: what people do with the keys that a Swarm's adminKeys name. */
@Command(
    name = "admin",
    description =
        "Makes an administrator's key, signs with it, prepares a recovery. Nothing is asked of a"
            + " cluster.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {MakeKeyCommand.class, SignChangeCommand.class, RecoverCommand.class})
public final class AdminCommand {}
