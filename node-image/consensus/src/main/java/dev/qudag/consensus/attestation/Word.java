package dev.qudag.consensus.attestation;

import dev.qudag.consensus.chain.Verdict;
import dev.qudag.crypto.Digest;

/**
 * What this member has to say of a decision. There is no word for an abstention: it is the absence
 * of one, and a word may follow later.
 *
 * @param reason why it is rejected, one line; empty for an approval
 */
public record Word(Digest decision, Verdict verdict, String reason) {}
