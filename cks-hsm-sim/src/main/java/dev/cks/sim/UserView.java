package dev.cks.sim;

/**
 * A user as one HSM knows it.
 *
 * @param failedLogins wrong passwords since the last success
 * @param locked whether only a new password given by an admin lets the user in again
 * @param loggedIn whether somebody is logged in as this user on that HSM
 */
public record UserView(
    String name, Role role, int failedLogins, boolean locked, boolean loggedIn) {}
