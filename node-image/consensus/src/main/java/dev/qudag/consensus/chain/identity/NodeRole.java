package dev.qudag.consensus.chain.identity;

import java.util.Arrays;

/** What a node is enrolled as. */
public enum NodeRole {
  HUB("hub"),
  VALIDATOR("validator"),
  WORKSPACE("workspace");

  private final String wireName;

  NodeRole(String wireName) {
    this.wireName = wireName;
  }

  /** As it stands in messages and statements. */
  public String wireName() {
    return wireName;
  }

  public static NodeRole of(String wireName) {
    return Arrays.stream(values())
        .filter(role -> role.wireName.equals(wireName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a role is hub, validator or workspace, not "
                        + wireName.length()
                        + " characters"));
  }
}
