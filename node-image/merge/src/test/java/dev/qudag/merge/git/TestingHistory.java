package dev.qudag.merge.git;

import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.process.GitProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Commits for tests, in a real repository; also the ones that git's porcelain would refuse to make.
 */
final class TestingHistory {
  static final RefName MAIN = RefName.branch("main");

  final GitRepository repository;
  private long time = 1_700_000_000;

  TestingHistory(GitRepository repository) {
    this.repository = repository;
  }

  static TestingHistory in(Path directory) {
    return new TestingHistory(GitRepository.openOrInit(directory, MAIN));
  }

  static CommitMeta meta(long time, String message) {
    return new CommitMeta("Ada", "ada@example.org", "QuDAG", "hub@qudag.dev", time, message);
  }

  static Map<String, byte[]> files(String... pathsAndTexts) {
    var files = new HashMap<String, byte[]>();
    for (var i = 0; i < pathsAndTexts.length; i += 2) {
      files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  ObjectId commit(List<ObjectId> parents, String... pathsAndTexts) {
    return commitTree(repository.writeTree(files(pathsAndTexts)), parents);
  }

  ObjectId commitTree(ObjectId tree, List<ObjectId> parents) {
    return repository.writeCommit(CommitBuilder.bytes(tree, parents, meta(time++, "change")));
  }

  /** A tree with that one entry, whatever its name and mode. */
  ObjectId rawTree(String mode, byte[] name, ObjectId id) {
    try {
      var bytes = new ByteArrayOutputStream();
      bytes.write((mode + " ").getBytes(StandardCharsets.US_ASCII));
      bytes.write(name);
      bytes.write(0);
      bytes.write(HexFormat.of().parseHex(id.hex()));
      return rawTree(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ObjectId rawTree(byte[] bytes) {
    var input = GitProcess.Input.of(bytes);
    var written =
        repository.git().run(input, "hash-object", "-t", "tree", "-w", "--literally", "--stdin");
    return ObjectId.of(new String(written, StandardCharsets.US_ASCII).strip());
  }

  ObjectId blob(String text) {
    return repository.writeBlob(text.getBytes(StandardCharsets.UTF_8));
  }

  Path bundle(Path file, ObjectId commit, ObjectId... haves) {
    try (var out = Files.newOutputStream(file)) {
      new BundleWriter(repository).write(Map.of(MAIN, commit), List.of(haves), out);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
