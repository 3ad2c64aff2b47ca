package dev.qudag.node.verify;

import dev.qudag.crypto.Digest;
import picocli.CommandLine;

/** 64 hexadecimal digits, as kubectl prints them. */
final class DigestConverter implements CommandLine.ITypeConverter<Digest> {
  @Override
  public Digest convert(String value) {
    try {
      return Digest.ofHex(value);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.TypeConversionException("expected 64 hexadecimal digits");
    }
  }
}
