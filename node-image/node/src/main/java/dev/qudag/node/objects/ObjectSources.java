package dev.qudag.node.objects;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Refusal;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Nodes that may hold a commit, asked one after the other until one brings it. */
public final class ObjectSources {
  private final List<Source> sources;

  /**
   * A node that may hold a commit.
   *
   * @param name for people
   */
  public record Source(String name, ObjectFetcher objects) {}

  public ObjectSources(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * Has the commit, with all that it builds on, in the repository when this returns.
   *
   * @param haves commits that need not be sent again
   * @throws IOException with what each of the nodes said, when none brings it
   */
  public void require(ObjectId commit, Collection<ObjectId> haves) throws IOException {
    List<String> answers = new ArrayList<>();
    for (Source source : sources) {
      Optional<String> obstacle = obstacle(source, commit, haves);
      if (obstacle.isEmpty()) {
        return;
      }
      answers.add(source.name() + ": " + obstacle.get());
    }
    throw new IOException("nobody brings the commit " + commit + ": " + String.join("; ", answers));
  }

  private static Optional<String> obstacle(
      Source source, ObjectId commit, Collection<ObjectId> haves) {
    try {
      return source.objects().fetch(commit, haves).map(Refusal::message);
    } catch (StatusRuntimeException e) {
      return Optional.of(e.getStatus().getCode() + " " + e.getStatus().getDescription());
    } catch (IOException | RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
