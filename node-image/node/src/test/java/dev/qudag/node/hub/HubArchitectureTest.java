package dev.qudag.node.hub;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class HubArchitectureTest {
  private static final JavaClasses NODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.qudag.node");

  @Test
  void itsPackagesKnowOnlyThoseBelowThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("book")
        .definedBy("dev.qudag.node.hub.book")
        .layer("repository")
        .definedBy("dev.qudag.node.hub.repository")
        .layer("tree")
        .definedBy("dev.qudag.node.hub.tree")
        .layer("landing")
        .definedBy("dev.qudag.node.hub.landing")
        .layer("upstream")
        .definedBy("dev.qudag.node.hub.upstream")
        .layer("custody")
        .definedBy("dev.qudag.node.hub.custody")
        .layer("restore")
        .definedBy("dev.qudag.node.hub.restore")
        .layer("analysis")
        .definedBy("dev.qudag.node.hub.analysis")
        .layer("hub")
        .definedBy("dev.qudag.node.hub")
        .whereLayer("book")
        .mayOnlyBeAccessedByLayers(
            "tree", "landing", "upstream", "custody", "restore", "analysis", "hub")
        .whereLayer("repository")
        .mayOnlyBeAccessedByLayers("landing", "upstream", "custody", "restore", "analysis", "hub")
        .whereLayer("tree")
        .mayOnlyBeAccessedByLayers("hub")
        .whereLayer("landing")
        .mayOnlyBeAccessedByLayers("upstream", "restore", "hub")
        .whereLayer("upstream")
        .mayOnlyBeAccessedByLayers("hub")
        .whereLayer("custody")
        .mayOnlyBeAccessedByLayers("restore", "hub")
        .whereLayer("restore")
        .mayOnlyBeAccessedByLayers("hub")
        .whereLayer("analysis")
        .mayOnlyBeAccessedByLayers("hub")
        .whereLayer("hub")
        .mayNotBeAccessedByAnyLayer()
        .check(NODE);
  }

  @Test
  void whatLandsKnowsNoNetwork() {
    noClasses()
        .that(resideInAPackage("dev.qudag.node.hub.landing"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.qudag.node.net", "dev.qudag.proto", "io.grpc..", "java.net..")
        .check(NODE);
  }

  @Test
  void nobodyElseReachesIntoTheHub() {
    noClasses()
        .that(DescribedPredicate.not(resideInAPackage("dev.qudag.node.hub..")))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.qudag.node.hub.*"))
        .check(NODE);
  }

  @Test
  void theHubKnowsNoOtherRole() {
    noClasses()
        .that(resideInAPackage("dev.qudag.node.hub.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.qudag.node.validator..", "dev.qudag.node.workspace..", "dev.qudag.node.rehearse..")
        .check(NODE);
  }
}
