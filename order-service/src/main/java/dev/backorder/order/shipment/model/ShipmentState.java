package dev.backorder.order.shipment.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where a shipment stands. The table is in docs/order-states.md. */
public enum ShipmentState {
  OFFERED,
  CONFIRMING,
  SHIPPED,
  DELIVERED,
  WITHDRAWN;

  /** What can happen to a shipment. */
  public enum Step {
    /** Its content changes: more units are reserved, or some are cancelled. */
    REPACK,
    /** Nothing is left of it. */
    WITHDRAW,
    /** The warehouse says that it left. */
    CONFIRM,
    /** inventory-service recorded that it left. */
    LEAVE,
    /** inventory-service refused: fewer units were reserved. */
    REOFFER,
    /** The carrier says that it arrived. */
    ARRIVE
  }

  /** The state after a step; empty when this state does not allow it. */
  public Optional<ShipmentState> after(Step step) {
    return Optional.ofNullable(
        switch (this) {
          case OFFERED ->
              switch (step) {
                case REPACK -> OFFERED;
                case WITHDRAW -> WITHDRAWN;
                case CONFIRM -> CONFIRMING;
                case LEAVE, REOFFER, ARRIVE -> null;
              };
          case CONFIRMING ->
              switch (step) {
                case LEAVE -> SHIPPED;
                case REOFFER -> OFFERED;
                case WITHDRAW -> WITHDRAWN;
                case REPACK, CONFIRM, ARRIVE -> null;
              };
          case SHIPPED -> step == Step.ARRIVE ? DELIVERED : null;
          case DELIVERED, WITHDRAWN -> null;
        });
  }

  /** The states that allow a step. */
  public static List<ShipmentState> allowing(Step step) {
    return Arrays.stream(values()).filter(state -> state.after(step).isPresent()).toList();
  }
}
