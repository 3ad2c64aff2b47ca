package dev.qudag.consensus.simplex;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What stands between a broken core and a release, in two nets: the simulation's seeds, and the
 * tests that name one rule each. Says which check is the first to be red. Public, and a function of
 * what every loader knows, so that {@link MutantLoader} can run it on a mutant.
 */
public final class Suite implements Function<Integer, List<Optional<String>>> {
  private static final List<Class<?>> NAMED =
      List.of(
          PacemakerTest.class,
          LivenessRulesTest.class,
          HostileLeaderTest.class,
          QuorumTrapsTest.class,
          SimplexTrapsTest.class,
          SwarmTrapsTest.class,
          LossySwarmTest.class);

  /** What the seeds find, up to so many of them, and what the named tests find. */
  @Override
  public List<Optional<String>> apply(Integer seeds) {
    return List.of(inSeeds(seeds), inNamedTests());
  }

  private static Optional<String> inSeeds(int seeds) {
    return LongStream.range(1, 1 + seeds)
        .mapToObj(seed -> inSeed(Scenario.of(seed)).map(found -> found + ", seed " + seed))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> inSeed(Scenario scenario) {
    try {
      scenario.play();
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of(firstLine(e.getCause()));
    }
  }

  private static Optional<String> inNamedTests() {
    return NAMED.stream()
        .flatMap(type -> methods(type, Test.class))
        .filter(test -> !passes(test))
        .map(test -> test.getDeclaringClass().getSimpleName() + "." + test.getName())
        .findFirst();
  }

  private static boolean passes(Method test) {
    try {
      var constructor = test.getDeclaringClass().getDeclaredConstructor();
      Object instance = constructor.newInstance();
      for (Method before : methods(test.getDeclaringClass(), BeforeEach.class).toList()) {
        before.invoke(instance);
      }
      test.invoke(instance);
      return true;
    } catch (InvocationTargetException e) {
      return false;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot run " + test, e);
    }
  }

  private static Stream<Method> methods(Class<?> type, Class<? extends Annotation> annotation) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(annotation))
        .sorted(Comparator.comparing(Method::getName));
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse(failure.toString());
  }
}
