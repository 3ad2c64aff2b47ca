package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFolderTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  @TempDir Path parent;

  @Test
  void keepsAKeyThatOnlyItsOwnerReads() throws IOException {
    Path folder = parent.resolve("key");
    VerifyingKey made = KeyFolder.create(folder).verifyingKey();

    assertThat(made.verify(MESSAGE, KeyFolder.read(folder).sign(MESSAGE))).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void overwritesNothing() throws IOException {
    Path folder = parent.resolve("key");
    VerifyingKey made = KeyFolder.create(folder).verifyingKey();

    assertThatThrownBy(() -> KeyFolder.create(folder))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(KeyFolder.read(folder).verifyingKey()).isEqualTo(made);
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    Path folder = parent.resolve("key");
    assertThatThrownBy(() -> KeyFolder.read(folder))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("key");
    KeyFolder.create(folder);
    Files.delete(folder.resolve(KeyFolder.PUBLIC));
    assertThatThrownBy(() -> KeyFolder.read(folder))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(KeyFolder.PUBLIC);
  }
}
