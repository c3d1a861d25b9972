package dev.cks.sim.network;

/** EC2 cannot give an interface. */
public final class NetworkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why not. */
  public enum Problem {
    /** The subnet does not exist, or no longer. */
    SUBNET_NOT_FOUND,
    /** The subnet has no free address. */
    NO_FREE_ADDRESS,
    /** The address asked for lies outside the subnet or is taken. */
    ADDRESS_NOT_AVAILABLE
  }

  private final Problem problem;

  NetworkException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  /** Why not. */
  public Problem problem() {
    return problem;
  }
}
