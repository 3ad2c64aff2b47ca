package dev.qudag.crypto.seal;

/**
 * Bytes that are not a sealed secret for the key at hand, as it was sealed: whatever was changed,
 * cut off or mistaken, this is how it shows.
 */
public final class SealRefusedException extends IllegalArgumentException {
  SealRefusedException(String message) {
    super(message);
  }

  SealRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
