package dev.qudag.operator.pod;

/**
 * What the operator tells every node that it starts.
 *
 * @param image of the node program
 * @param operatorTlsFingerprint of the operator's TLS key, 64 hex digits: who may call the node
 * @param operatorKeyFingerprint of the operator's signing key, 64 hex digits
 * @param crashPoints whether nodes die at points that a test names; never outside tests
 */
public record NodeSettings(
    String image,
    String operatorTlsFingerprint,
    String operatorKeyFingerprint,
    boolean crashPoints) {}
