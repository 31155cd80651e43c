/**
 * Gives each pod a node. {@link Scheduler} is the thread that acts; nearly all else decides.
 *
 * <ul>
 *   <li><b>What there is.</b> The {@link Feed} brings what informers told to the {@link Cluster},
 *       whose {@link Snapshot} has a {@link NodeState} of each node; {@link LabelIndex} and {@link
 *       TermIndex} know of all pods what a decision asks of them. {@link Surroundings}, {@link
 *       Relatives}, {@link Namespaces} and {@link Budgets} tell of other kinds.
 *   <li><b>Where a pod may go.</b> {@link Placement} makes an {@link Attempt}: each filter gives a
 *       {@link Verdict} ({@link Filters}, {@link NodeAffinity}, {@link NodePorts}, {@link Fit},
 *       {@link TopologySpread}, {@link InterPodAffinity}).
 *   <li><b>Where it goes.</b> {@link Scores} adds up {@link NodeScores}, {@link ResourceScores},
 *       {@link SpreadScore} and {@link PodAffinityScore}. The {@link Binder} says it to the API.
 *   <li><b>What makes room.</b> {@link Preemption} finds the {@link Victims}, the {@link Preemptor}
 *       ends them, {@link Nominations} keep what was promised.
 *   <li><b>Who waits.</b> {@link UnscheduledStatus} says why; {@link Hints} tell which change may
 *       help; {@link ByPriority} who comes first.
 * </ul>
 */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.scheduler;
