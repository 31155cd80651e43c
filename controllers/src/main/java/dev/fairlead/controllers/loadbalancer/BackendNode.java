package dev.fairlead.controllers.loadbalancer;

/**
 * A node that a load balancer may send packets to.
 *
 * @param address its {@code InternalIP}
 */
public record BackendNode(String name, String address) {}
