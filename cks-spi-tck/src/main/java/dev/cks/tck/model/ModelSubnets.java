package dev.cks.tck.model;

import java.util.Arrays;

/** The subnets of a cluster, one in each zone. A deleted one is still configured. */
final class ModelSubnets {
  /** More than anybody needs. */
  private static final int PLENTY = 200;

  private final int[] free;
  private final int[] taken;
  private final boolean[] deleted;

  ModelSubnets(int zones) {
    free = new int[zones];
    taken = new int[zones];
    deleted = new boolean[zones];
    Arrays.fill(free, PLENTY);
  }

  int zones() {
    return free.length;
  }

  boolean anyDeleted() {
    for (boolean gone : deleted) {
      if (gone) {
        return true;
      }
    }
    return false;
  }

  /** Takes an address in each subnet; OK, or why none was taken. */
  String attach() {
    if (anyDeleted()) {
      return "SUBNET_NOT_FOUND";
    }
    for (int addresses : free) {
      if (addresses < 1) {
        return "INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET";
      }
    }
    change(-1);
    return ReferenceModel.OK;
  }

  void detach() {
    change(1);
  }

  private void change(int by) {
    for (int i = 0; i < free.length; i++) {
      free[i] += by;
    }
  }

  void takeAll(int subnet) {
    int number = subnet % free.length;
    taken[number] += free[number];
    free[number] = 0;
  }

  void giveBack(int subnet) {
    int number = subnet % free.length;
    free[number] += taken[number];
    taken[number] = 0;
  }

  boolean hasRoom(int zone) {
    return !deleted[zone] && free[zone] > 0;
  }

  /** An HSM takes an address, or gives it back. */
  void change(int zone, int by) {
    free[zone] += by;
  }

  void delete(int subnet) {
    deleted[subnet % free.length] = true;
  }
}
