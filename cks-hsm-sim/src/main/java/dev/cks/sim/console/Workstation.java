package dev.cks.sim.console;

import dev.cks.sim.hsm.Fleet;
import dev.cks.sim.time.SeededStream;
import dev.cks.sim.tool.HsmConsole;

/** The operator's computer with the tools on it, and with the one client daemon of Client SDK 3. */
public final class Workstation {
  private final Fleet fleet;
  private final SeededStream salts;
  private final Servers daemon;

  public Workstation(Fleet fleet, SeededStream salts) {
    this.fleet = fleet;
    this.salts = salts;
    this.daemon = new Servers(fleet);
  }

  /** Starts a tool. */
  public HsmConsole start(HsmConsole.Dialect dialect) {
    return switch (dialect) {
      case CLOUDHSM_MGMT_UTIL -> new MgmtUtil(new Servers(fleet), salts);
      case KEY_MGMT_UTIL -> new KeyMgmtUtil(daemon);
      case CLOUDHSM_CLI -> new CloudHsmCli(new Servers(fleet), salts);
    };
  }
}
