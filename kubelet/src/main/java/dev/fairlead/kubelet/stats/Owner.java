package dev.fairlead.kubelet.stats;

/** The container that a process belongs to. */
public record Owner(String podUid, String container) {}
