package dev.cks.sim.api;

/** A tag of a cluster or a backup. */
public record Tag(String key, String value) {}
