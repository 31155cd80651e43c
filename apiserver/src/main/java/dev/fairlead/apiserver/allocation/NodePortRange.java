package dev.fairlead.apiserver.allocation;

/**
 * The node ports of a cluster.
 *
 * @param last inclusive
 */
public record NodePortRange(int first, int last) {}
