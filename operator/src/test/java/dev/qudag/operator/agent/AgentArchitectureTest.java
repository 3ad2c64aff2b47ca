package dev.qudag.operator.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class AgentArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.qudag.operator.agent");

  @Test
  void theLifeCycleDecidesWithoutInputAndOutput() {
    noClasses()
        .that()
        .resideInAPackage("..agent.lifecycle")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..", "java.nio.file..", "java.net..", "io.grpc..", "io.fabric8.kubernetes..")
        .check(CLASSES);
  }

  @Test
  void neitherTheLifeCycleNorThePodsKnowWhoCarriesThemOut() {
    noClasses()
        .that()
        .resideInAPackage("..agent.lifecycle")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.qudag.operator.agent", "dev.qudag.operator.agent.pod")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.qudag.operator.agent.pod")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.qudag.operator.agent")
        .check(CLASSES);
  }

  @Test
  void agentsDoNotKnowOtherKindsReconcilers() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.qudag.operator.swarm..",
            "dev.qudag.operator.proposal..",
            "dev.qudag.operator.workspace..",
            "dev.qudag.operator.validator..")
        .check(CLASSES);
  }
}
