package dev.cks.memory;

final class Placeholder {}
