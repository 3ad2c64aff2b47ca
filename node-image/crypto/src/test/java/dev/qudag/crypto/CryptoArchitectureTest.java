package dev.qudag.crypto;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class CryptoArchitectureTest {
  private static final JavaClasses CRYPTO =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.qudag.crypto");

  @Test
  void packagesKnowOnlyThoseBelowThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("keys")
        .definedBy("dev.qudag.crypto")
        .layer("encoding")
        .definedBy("dev.qudag.crypto.encoding")
        .layer("seal")
        .definedBy("dev.qudag.crypto.seal")
        .layer("tls")
        .definedBy("dev.qudag.crypto.tls")
        .whereLayer("keys")
        .mayOnlyBeAccessedByLayers("encoding", "seal", "tls")
        .whereLayer("encoding")
        .mayOnlyBeAccessedByLayers("seal")
        .whereLayer("seal")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("tls")
        .mayNotBeAccessedByAnyLayer()
        .check(CRYPTO);
  }
}
