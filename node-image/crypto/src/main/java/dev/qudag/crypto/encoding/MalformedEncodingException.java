package dev.qudag.crypto.encoding;

/**
 * Bytes that are not the canonical encoding of what was asked for; the message says where and what
 * was expected.
 */
public final class MalformedEncodingException extends IllegalArgumentException {
  public MalformedEncodingException(String message) {
    super(message);
  }

  public MalformedEncodingException(String message, Throwable cause) {
    super(message, cause);
  }
}
