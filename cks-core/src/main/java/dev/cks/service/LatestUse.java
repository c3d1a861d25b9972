package dev.cks.service;

/** What a key was used for last, or what can tell it when somebody asks. */
interface LatestUse {
  KeyUse toUse();
}
