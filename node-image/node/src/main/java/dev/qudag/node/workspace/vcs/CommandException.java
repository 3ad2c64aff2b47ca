package dev.qudag.node.workspace.vcs;

import java.util.List;

/**
 * A child process that did not do what it was asked to; the message names the command and what it
 * said.
 */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public CommandException(List<String> words, String what) {
    super(String.join(" ", words) + ": " + what);
  }
}
