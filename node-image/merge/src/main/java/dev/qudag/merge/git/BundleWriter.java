package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes commits as a version 2 bundle, thin against what the receiver has. */
public final class BundleWriter {
  private final GitRepository repository;

  public BundleWriter(GitRepository repository) {
    this.repository = repository;
  }

  /**
   * @param wants ref names for the receiver to read them by; every commit must be here
   * @param haves commits of the receiver; those unknown here are left out
   * @throws IllegalArgumentException if a wanted commit is not here; nothing is written then
   */
  public void write(Map<RefName, ObjectId> wants, Collection<ObjectId> haves, OutputStream out)
      throws IOException {
    var known = known(wants.values(), haves);
    out.write(new BundleHeader(known, new LinkedHashMap<>(wants)).bytes());
    var revisions = new StringBuilder();
    wants.values().forEach(id -> revisions.append(id).append('\n'));
    known.forEach(id -> revisions.append('^').append(id).append('\n'));
    var args =
        new String[] {"pack-objects", "--revs", "--thin", "--stdout", "--quiet", "--threads=1"};
    repository.git().stream(
        GitProcess.Input.of(revisions.toString()), in -> in.transferTo(out), List.of(0), args);
  }

  private List<ObjectId> known(Collection<ObjectId> wants, Collection<ObjectId> haves) {
    try (var objects = repository.objects()) {
      for (var want : wants) {
        if (objects.commit(want).isEmpty()) {
          throw new IllegalArgumentException("no commit " + want + " in the repository");
        }
      }
      var known = new ArrayList<ObjectId>();
      haves.stream().distinct().filter(id -> objects.commit(id).isPresent()).forEach(known::add);
      return known;
    }
  }
}
