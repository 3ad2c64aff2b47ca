package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Proof that the tests test: the core without any one of its rules makes them red. A build asks the
 * tests that name a rule; {@code make mutate} asks the simulation too, for which a build has no
 * time. Both print what caught each.
 */
class MutationProofTest {
  private static final List<Mutant> ALL =
      Stream.concat(SafetyMutants.all(), LivenessMutants.all()).toList();
  private static final int SEEDS = Integer.getInteger("qudag.mutation.seeds", 0);

  @Test
  void everyRuleThatIsRemovedIsMissed() throws Exception {
    List<String> survivors = new ArrayList<>();
    for (Mutant mutant : ALL) {
      List<Optional<String>> found = suite(classes(mutant)).apply(SEEDS);
      System.out.printf(
          "%-68s | %-60s | %s%n",
          mutant.rule(), found.getFirst().orElse("-"), found.getLast().orElse("-"));
      if (found.stream().allMatch(Optional::isEmpty)) {
        survivors.add(mutant.rule());
      }
    }
    assertThat(survivors).as("rules that nobody misses, of %d", ALL.size()).isEmpty();
  }

  /** The control: what makes a mutant red is the rule that it lacks, not the way it is run. */
  @Test
  void theCoreWithAllItsRulesIsGreenInTheSameWay() throws Exception {
    assertThat(suite(Map.of()).apply(SEEDS)).containsOnly(Optional.empty());
  }

  @Test
  void aMutantWhoseTextIsGoneOrTwiceThereIsRefused() {
    for (String text : List.of("no such text", "Optional")) {
      assertThatThrownBy(() -> new Mutant("some rule", "view.Tally", text, "").source())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("\"some rule\": view.Tally must hold exactly once: " + text);
    }
  }

  private static Map<String, byte[]> classes(Mutant mutant) throws IOException {
    return MutantCompiler.compile(mutant.type(), mutant.source());
  }

  @SuppressWarnings("unchecked")
  private static Function<Integer, List<Optional<String>>> suite(Map<String, byte[]> changed)
      throws ReflectiveOperationException {
    return (Function<Integer, List<Optional<String>>>)
        new MutantLoader(changed)
            .loadClass(Suite.class.getName())
            .getDeclaredConstructor()
            .newInstance();
  }
}
