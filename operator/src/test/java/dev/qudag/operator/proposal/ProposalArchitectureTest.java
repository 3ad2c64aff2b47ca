package dev.qudag.operator.proposal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class ProposalArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.qudag.operator.proposal");

  @Test
  void theQueueKnowsNothingButJava() {
    classes()
        .that()
        .resideInAPackage("..proposal.queue")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..", "java.util..", "dev.qudag.operator.proposal.queue", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void theStatesDecideWithoutInputAndOutput() {
    noClasses()
        .that()
        .resideInAPackage("dev.qudag.operator.proposal.state")
        .or()
        .areAssignableTo(Line.class)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(KubernetesClient.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "io.grpc..")
        .check(CLASSES);
  }

  @Test
  void proposalsDoNotKnowOtherKindsReconcilers() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.qudag.operator.swarm..",
            "dev.qudag.operator.agent..",
            "dev.qudag.operator.workspace..",
            "dev.qudag.operator.validator..")
        .check(CLASSES);
  }
}
