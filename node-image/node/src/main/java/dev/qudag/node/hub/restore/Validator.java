package dev.qudag.node.hub.restore;

import dev.qudag.consensus.chain.identity.Member;
import io.grpc.ManagedChannel;

/** A validator of some epoch and the way to it. */
public record Validator(Member member, ManagedChannel channel) {}
