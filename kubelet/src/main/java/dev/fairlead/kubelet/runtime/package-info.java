/**
 * What runs containers.
 *
 * <ul>
 *   <li><b>The seam.</b> A {@link ContainerRuntime} makes a {@link PodSandbox} of a {@link
 *       SandboxSpec}, and in it a {@link ContainerProcess} of each {@link ContainerSpec}.
 *   <li><b>Plain processes.</b> {@link ProcessRuntime} takes images from a {@link Catalogue}. The
 *       {@link SandboxHolder} makes a pod's namespaces, {@link Entrance} leads a command into them
 *       ({@link ContainerRoots}, {@link ProcessViews}), {@link PumpedProcess} and {@link
 *       ProcessConsole} carry what it reads and prints, {@link Leftovers} ends what a crash left.
 *   <li><b>Nothing at all.</b> {@link SimulatedRuntime}, for tests of scale.
 * </ul>
 */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.runtime;
