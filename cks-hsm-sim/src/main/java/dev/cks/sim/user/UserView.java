package dev.cks.sim.user;

/**
 * A user as one HSM knows it.
 *
 * @param id the number that this HSM gave the user; HSMs of a cluster need not agree on it
 * @param failedLogins wrong passwords since the last success
 * @param locked whether only a new password given by an admin lets the user in again
 * @param loggedIn whether somebody is logged in as this user on that HSM
 */
public record UserView(
    int id, String name, Role role, int failedLogins, boolean locked, boolean loggedIn) {}
