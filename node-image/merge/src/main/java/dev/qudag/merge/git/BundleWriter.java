package dev.qudag.merge.git;

import dev.qudag.crypto.recent.RecentMap;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.process.GitProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Writes commits as a version 2 bundle, thin against what the receiver has. All validators ask for
 * the same at nearly the same time: what is small is packed once and remembered, since nothing is
 * ever deleted here.
 */
public final class BundleWriter {
  private static final int REMEMBERED = 16;
  private static final int SMALL = 64 * 1024;

  private final GitRepository repository;
  private final Map<Request, CompletableFuture<Optional<byte[]>>> packs =
      RecentMap.byUse(REMEMBERED);

  public BundleWriter(GitRepository repository) {
    this.repository = repository;
  }

  private record Request(List<ObjectId> wants, List<ObjectId> known) {}

  /**
   * @param wants ref names for the receiver to read them by; every commit must be here
   * @param haves commits of the receiver; those unknown here are left out
   * @throws IllegalArgumentException if a wanted commit is not here; nothing is written then
   */
  public void write(Map<RefName, ObjectId> wants, Collection<ObjectId> haves, OutputStream out)
      throws IOException {
    var known = known(wants.values(), haves);
    var request = new Request(List.copyOf(wants.values()), known);
    out.write(new BundleHeader(known, new LinkedHashMap<>(wants)).bytes());
    var made = new CompletableFuture<Optional<byte[]>>();
    var before = register(request, made);
    if (before.isEmpty()) {
      packFirst(request, made, out);
      return;
    }
    var remembered = before.get().join();
    if (remembered.isPresent()) {
      out.write(remembered.get());
    } else {
      pack(request, out);
    }
  }

  private Optional<CompletableFuture<Optional<byte[]>>> register(
      Request request, CompletableFuture<Optional<byte[]>> made) {
    synchronized (packs) {
      return Optional.ofNullable(packs.putIfAbsent(request, made));
    }
  }

  /** Others wait for this one, but never for its reader. */
  private void packFirst(
      Request request, CompletableFuture<Optional<byte[]>> made, OutputStream out)
      throws IOException {
    var small = new Small(out, made);
    try {
      pack(request, small);
      small.end();
    } finally {
      if (made.complete(Optional.empty())) { // it failed: the next one tries again
        synchronized (packs) {
          packs.remove(request);
        }
      }
    }
  }

  private void pack(Request request, OutputStream out) {
    var revisions = new StringBuilder();
    request.wants().forEach(id -> revisions.append(id).append('\n'));
    request.known().forEach(id -> revisions.append('^').append(id).append('\n'));
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

  /** Holds a small pack back until it is whole; hands one on that turns out to be larger. */
  private static final class Small extends OutputStream {
    private final OutputStream out;
    private final CompletableFuture<Optional<byte[]>> made;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    Small(OutputStream out, CompletableFuture<Optional<byte[]>> made) {
      this.out = out;
      this.made = made;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (!made.isDone() && held.size() + length <= SMALL) {
        held.write(bytes, from, length);
        return;
      }
      made.complete(Optional.empty());
      handOn();
      out.write(bytes, from, length);
    }

    void end() throws IOException {
      made.complete(Optional.of(held.toByteArray()));
      handOn();
    }

    private void handOn() throws IOException {
      held.writeTo(out);
      held.reset();
    }
  }
}
