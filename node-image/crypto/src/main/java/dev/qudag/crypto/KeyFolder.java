package dev.qudag.crypto;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** A person's signing key in a folder of its own, which only its owner reads. */
public final class KeyFolder {
  static final String PRIVATE = "signing.key";
  static final String PUBLIC = "signing.pub";

  private KeyFolder() {}

  /**
   * Makes a key.
   *
   * @throws FileAlreadyExistsException when the folder is there: no key is ever overwritten
   */
  public static SigningKey create(Path folder) throws IOException {
    if (Files.exists(folder)) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    SigningKey key = SigningKey.generate();
    PrivateFolder.create(
        folder, Map.of(PRIVATE, key.expanded(), PUBLIC, key.verifyingKey().bytes()));
    return key;
  }

  /**
   * The key that {@link #create} made.
   *
   * @throws NoSuchFileException when there is none
   * @throws IllegalArgumentException when the files are not the halves of one key
   */
  public static SigningKey read(Path folder) throws IOException {
    Map<String, byte[]> files =
        PrivateFolder.read(folder).orElseThrow(() -> new NoSuchFileException(folder.toString()));
    byte[] secret = files.get(PRIVATE);
    byte[] shown = files.get(PUBLIC);
    if (secret == null || shown == null) {
      throw new NoSuchFileException(folder.resolve(secret == null ? PRIVATE : PUBLIC).toString());
    }
    return SigningKey.of(secret, shown);
  }
}
