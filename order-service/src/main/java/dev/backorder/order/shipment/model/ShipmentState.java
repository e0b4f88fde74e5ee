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
  WITHDRAWN,
  REJECTED;

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
    ARRIVE,
    /** The warehouse says that it cannot send it. */
    REJECT,
    /** Its carrier or tracking code is corrected. */
    RETRACK
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
                case REJECT -> REJECTED;
                case LEAVE, REOFFER, ARRIVE, RETRACK -> null;
              };
          case CONFIRMING ->
              switch (step) {
                case LEAVE -> SHIPPED;
                case REOFFER -> OFFERED;
                case WITHDRAW -> WITHDRAWN;
                case REPACK, CONFIRM, ARRIVE, REJECT, RETRACK -> null;
              };
          case SHIPPED ->
              switch (step) {
                case ARRIVE -> DELIVERED;
                case RETRACK -> SHIPPED;
                case REPACK, WITHDRAW, CONFIRM, LEAVE, REOFFER, REJECT -> null;
              };
          case DELIVERED -> step == Step.RETRACK ? DELIVERED : null;
          case WITHDRAWN, REJECTED -> null;
        });
  }

  /** The states that allow a step. */
  public static List<ShipmentState> allowing(Step step) {
    return Arrays.stream(values()).filter(state -> state.after(step).isPresent()).toList();
  }
}
