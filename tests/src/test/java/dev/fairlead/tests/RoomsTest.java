package dev.fairlead.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms and the only arrows between them; the table in ARCHITECTURE.md as a check. */
@AnalyzeClasses(packages = "dev.fairlead", importOptions = ImportOption.DoNotIncludeTests.class)
final class RoomsTest {

  @ArchTest
  static final ArchRule arrows =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("api")
          .definedBy("dev.fairlead.api..")
          .layer("store")
          .definedBy("dev.fairlead.store..")
          .layer("http")
          .definedBy("dev.fairlead.http..")
          .layer("apiserver")
          .definedBy("dev.fairlead.apiserver..")
          .layer("client")
          .definedBy("dev.fairlead.client..")
          .layer("controllers")
          .definedBy("dev.fairlead.controllers..")
          .layer("discovery")
          .definedBy("dev.fairlead.discovery..")
          .layer("linux")
          .definedBy("dev.fairlead.linux..")
          .layer("proxy")
          .definedBy("dev.fairlead.proxy..")
          .layer("dns")
          .definedBy("dev.fairlead.dns..")
          .layer("kubelet")
          .definedBy("dev.fairlead.kubelet..")
          .layer("kuard")
          .definedBy("dev.fairlead.kuard..")
          .layer("launcher")
          .definedBy("dev.fairlead.cli..", "dev.fairlead.cluster..", "dev.fairlead.host..")
          .whereLayer("api")
          .mayNotAccessAnyLayer()
          .whereLayer("store")
          .mayNotAccessAnyLayer()
          .whereLayer("http")
          .mayNotAccessAnyLayer()
          .whereLayer("linux")
          .mayNotAccessAnyLayer()
          .whereLayer("kuard")
          .mayNotAccessAnyLayer()
          .whereLayer("apiserver")
          .mayOnlyAccessLayers("api", "store", "http")
          .whereLayer("client")
          .mayOnlyAccessLayers("api")
          .whereLayer("controllers")
          .mayOnlyAccessLayers("api", "client")
          .whereLayer("discovery")
          .mayOnlyAccessLayers("api", "client")
          .whereLayer("proxy")
          .mayOnlyAccessLayers("api", "discovery", "linux")
          .whereLayer("dns")
          .mayOnlyAccessLayers("api", "discovery")
          .whereLayer("kubelet")
          .mayOnlyAccessLayers("api", "client", "http", "linux")
          .whereLayer("launcher")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.fairlead.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyHttpKnowsNetty =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.fairlead.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule onlyLinuxKnowsForeignMemory =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.fairlead.linux..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.foreign..");
}
