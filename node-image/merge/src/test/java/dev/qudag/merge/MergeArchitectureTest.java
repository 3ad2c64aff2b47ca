package dev.qudag.merge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class MergeArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.qudag.merge");

  @Test
  void whatDecidesDoesNoInputAndOutput() {
    noClasses()
        .that()
        .resideInAPackage("dev.qudag.merge..")
        .and()
        .resideOutsideOfPackages("dev.qudag.merge.git..", "dev.qudag.merge.parser..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io",
            "java.nio.file..",
            "java.net..",
            "java.time..",
            "dev.qudag.merge.git..",
            "dev.qudag.merge.parser..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Process.class, ProcessBuilder.class, System.class, Thread.class)
        .check(CLASSES);
  }

  @Test
  void theGitDriverKnowsNoNetworkAndNoClock() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "io.grpc..", "io.fabric8..")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleName("Clock")
        .check(CLASSES);
  }

  @Test
  void thePackagesHaveNoCycle() {
    SlicesRuleDefinition.slices()
        .matching("dev.qudag.merge.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }
}
