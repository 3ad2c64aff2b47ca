package dev.qudag.consensus;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.qudag.crypto.SigningKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** The protocol cores decide from their arguments alone. */
class ConsensusArchitectureTest {
  private static final JavaClasses CORES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.qudag.consensus");

  @Test
  void coresUseTheJavaLanguageItsCollectionsAndTheCryptoModuleOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "dev.qudag.consensus..",
                "dev.qudag.crypto",
                "dev.qudag.crypto.encoding",
                "java.lang",
                "java.lang.runtime",
                "java.lang.invoke",
                "java.time",
                "java.util",
                "java.util.function",
                "java.util.random",
                "java.util.regex",
                "java.util.stream",
                "org.jspecify.annotations"))
        .check(CORES);
  }

  @Test
  void coresReadNoClockDrawNothingAndStartNothing() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(
            Clock.class,
            Instant.class,
            Random.class,
            SplittableRandom.class,
            RandomGeneratorFactory.class,
            UUID.class,
            Timer.class,
            Date.class)
        .check(CORES);
  }

  @Test
  void randomnessIsGivenToACoreAndUsedBitByBit() {
    noClasses()
        .should()
        .callMethodWhere(
            target(owner(assignableTo(RandomGenerator.class)))
                .and(not(target(name("nextLong").and(rawParameterTypes(new Class<?>[0]))))))
        .because("what a library makes of a bound may change, and some ask for entropy")
        .check(CORES);
  }

  @Test
  void keysAreMadeElsewhere() {
    noClasses()
        .should()
        .callMethod(SigningKey.class, "generate")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleName("NodeIdentity")
        .check(CORES);
  }

  @Test
  void simplexKnowsNothingOfDecisions() {
    noClasses()
        .that(resideInAPackage("dev.qudag.consensus.simplex.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.qudag.consensus..")
                .and(not(resideInAPackage("dev.qudag.consensus.simplex.."))))
        .check(CORES);
  }

  @Test
  void simplexIsMadeOfLayers() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("member")
        .definedBy("dev.qudag.consensus.simplex.member")
        .layer("block")
        .definedBy("dev.qudag.consensus.simplex.block")
        .layer("message")
        .definedBy("dev.qudag.consensus.simplex.message")
        .layer("view")
        .definedBy("dev.qudag.consensus.simplex.view")
        .layer("instance")
        .definedBy("dev.qudag.consensus.simplex")
        .layer("epoch")
        .definedBy("dev.qudag.consensus.simplex.epoch")
        .whereLayer("member")
        .mayOnlyBeAccessedByLayers("message", "view", "instance", "epoch")
        .whereLayer("block")
        .mayOnlyBeAccessedByLayers("message", "view", "instance", "epoch")
        .whereLayer("message")
        .mayOnlyBeAccessedByLayers("view", "instance", "epoch")
        .whereLayer("view")
        .mayOnlyBeAccessedByLayers("instance")
        .whereLayer("instance")
        .mayOnlyBeAccessedByLayers("epoch")
        .whereLayer("epoch")
        .mayNotBeAccessedByAnyLayer()
        .check(CORES);
  }

  @Test
  void whatAnInstanceKnowsOfItsViewsIsItsOwn() {
    noClasses()
        .that(not(resideInAPackage("dev.qudag.consensus.simplex..")))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.qudag.consensus.simplex.view"))
        .check(CORES);
  }

  @Test
  void snowballKnowsNothingOfDecisionsNorOfSimplex() {
    noClasses()
        .that(resideInAPackage("dev.qudag.consensus.snowball.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.qudag.consensus..")
                .and(not(resideInAPackage("dev.qudag.consensus.snowball.."))))
        .check(CORES);
  }

  @Test
  void nothingThatIsFinalRestsOnAPreference() {
    noClasses()
        .that(not(resideInAPackage("dev.qudag.consensus.preference")))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.qudag.consensus.preference"))
        .check(CORES);
    noClasses()
        .that(resideInAPackage("dev.qudag.consensus.preference"))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.qudag.consensus.simplex.."))
        .check(CORES);
  }

  @Test
  void decisionsAreStatementsThatKnowNoState() {
    noClasses()
        .that(resideInAPackage("dev.qudag.consensus.chain.*"))
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.qudag.consensus..")
                .and(
                    not(
                        resideInAnyPackage(
                            "dev.qudag.consensus.chain.*",
                            "dev.qudag.consensus.snowball.committee",
                            "dev.qudag.consensus.snowball.stake"))))
        .because("who votes in a large set is drawn, which takes no state either")
        .check(CORES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.qudag.consensus.(*)..").should().beFreeOfCycles().check(CORES);
    slices().matching("dev.qudag.consensus.simplex.(*)..").should().beFreeOfCycles().check(CORES);
    slices().matching("dev.qudag.consensus.snowball.(*)..").should().beFreeOfCycles().check(CORES);
    slices().matching("dev.qudag.consensus.chain.(*)..").should().beFreeOfCycles().check(CORES);
  }
}
