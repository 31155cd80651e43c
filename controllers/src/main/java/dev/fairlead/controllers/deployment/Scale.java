package dev.fairlead.controllers.deployment;

/** A ReplicaSet and the number of replicas it shall have. */
record Scale(Member member, int to) {}
