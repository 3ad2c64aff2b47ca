package dev.qudag.node.admin;

import picocli.CommandLine.Command;

/** {@code qudag-node admin}: the keys that {@code spec.adminKeys} of a Swarm names. */
@Command(
    name = "admin",
    description = "Makes an administrator's key, and signs with it. Nothing is asked of a cluster.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {MakeKeyCommand.class, SignChangeCommand.class})
public final class AdminCommand {}
