/** Gives Services of type LoadBalancer their load balancer, behind an exchangeable provider. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.loadbalancer;
