package dev.backorder.order.shipment;

import dev.backorder.order.shipment.model.PackedUnits;
import dev.backorder.order.shipment.model.Problem;
import dev.backorder.order.shipment.model.ShipmentState;
import dev.backorder.order.shipment.model.ShipmentState.Step;
import dev.backorder.order.v1.ErrorReason;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.request.RequestDraft;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Units of one order that leave one location together, at one moment. Each change is a verb that
 * answers with the shipment after it.
 *
 * @param sequence its place among all shipments, in the order of offering; 0 before it is stored
 * @param version grows with every change
 * @param shipTime when the warehouse said that it left
 * @param confirmation the request of the last ConfirmShipment that is, or was, not refused
 * @param confirmCount how often it was confirmed
 * @param lines what is in it, by line number
 * @param problem why it did not leave, or not whole
 * @param currencyCode currency of the order
 */
public record Shipment(
    UUID shipmentId,
    UUID orderId,
    long sequence,
    String location,
    ShipmentState state,
    long version,
    Instant offerTime,
    Optional<Instant> shipTime,
    Optional<Instant> deliverTime,
    String carrier,
    String trackingCode,
    Optional<RequestDraft> confirmation,
    int confirmCount,
    List<PackedUnits> lines,
    Problem problem,
    String currencyCode) {
  /** Keeps the lines as they are. */
  public Shipment {
    lines = List.copyOf(lines);
  }

  /** A new offer to the warehouse. */
  static Shipment offer(
      UUID shipmentId,
      UUID orderId,
      String location,
      String currencyCode,
      Instant now,
      List<PackedUnits> lines) {
    return new Shipment(
        shipmentId,
        orderId,
        0,
        location,
        ShipmentState.OFFERED,
        1,
        now,
        Optional.empty(),
        Optional.empty(),
        "",
        "",
        Optional.empty(),
        0,
        lines,
        Problem.NONE,
        currencyCode);
  }

  /** The same offer with other content. */
  Shipment repack(List<PackedUnits> content) {
    return with(
        Step.REPACK,
        shipTime,
        deliverTime,
        carrier,
        trackingCode,
        confirmation,
        confirmCount,
        content,
        problem);
  }

  /**
   * Nothing of it may leave any more. It keeps the lines that it had, and forgets that it was to
   * leave.
   */
  Shipment withdraw() {
    return with(
        Step.WITHDRAW,
        Optional.empty(),
        deliverTime,
        "",
        "",
        Optional.empty(),
        confirmCount,
        lines.stream().map(PackedUnits::whole).toList(),
        Problem.NONE);
  }

  /**
   * The warehouse says that it left, whole or short of some units.
   *
   * @param content what left, and what of it did not
   * @throws DomainException PRECONDITION SHIPMENT_STATE
   */
  public Shipment confirm(
      RequestDraft request,
      String by,
      String code,
      Instant now,
      List<PackedUnits> content,
      Problem said) {
    return with(
        Step.CONFIRM,
        Optional.of(now),
        deliverTime,
        by,
        code,
        Optional.of(request),
        confirmCount + 1,
        content,
        said);
  }

  /**
   * The warehouse cannot send it.
   *
   * @throws DomainException PRECONDITION SHIPMENT_STATE
   */
  Shipment reject(Problem said) {
    return with(
        Step.REJECT,
        shipTime,
        deliverTime,
        carrier,
        trackingCode,
        confirmation,
        confirmCount,
        lines,
        said);
  }

  /**
   * Carrier and tracking code are corrected.
   *
   * @throws DomainException PRECONDITION SHIPMENT_STATE
   */
  Shipment retrack(String by, String code) {
    return with(
        Step.RETRACK, shipTime, deliverTime, by, code, confirmation, confirmCount, lines, problem);
  }

  /** True while the warehouse has not answered. */
  public boolean isOffered() {
    return state == ShipmentState.OFFERED;
  }

  /** True when some of its units did not leave with the others. */
  public boolean isShort() {
    return lines.stream().anyMatch(line -> line.shortUnits() > 0);
  }

  /**
   * inventory-service recorded that it left.
   *
   * @param content the same units with what they cost
   */
  Shipment leave(List<PackedUnits> content) {
    return with(
        Step.LEAVE,
        shipTime,
        deliverTime,
        carrier,
        trackingCode,
        confirmation,
        confirmCount,
        content,
        problem);
  }

  /** inventory-service refused to record it: offered again, with what may leave. */
  Shipment reoffer(List<PackedUnits> content) {
    return with(
        Step.REOFFER,
        Optional.empty(),
        deliverTime,
        "",
        "",
        Optional.empty(),
        confirmCount,
        content,
        Problem.NONE);
  }

  /** The carrier says that it arrived. */
  Shipment arrive(Instant now) {
    return with(
        Step.ARRIVE,
        shipTime,
        Optional.of(now),
        carrier,
        trackingCode,
        confirmation,
        confirmCount,
        lines,
        problem);
  }

  /** The same shipment as read, with its lines. */
  Shipment holding(List<PackedUnits> content) {
    return new Shipment(
        shipmentId,
        orderId,
        sequence,
        location,
        state,
        version,
        offerTime,
        shipTime,
        deliverTime,
        carrier,
        trackingCode,
        confirmation,
        confirmCount,
        content,
        problem,
        currencyCode);
  }

  private Shipment with(
      Step step,
      Optional<Instant> shipped,
      Optional<Instant> delivered,
      String by,
      String code,
      Optional<RequestDraft> confirmed,
      int confirms,
      List<PackedUnits> content,
      Problem said) {
    return new Shipment(
        shipmentId,
        orderId,
        sequence,
        location,
        state.after(step).orElseThrow(() -> refused(step)),
        Math.addExact(version, 1),
        offerTime,
        shipped,
        delivered,
        by,
        code,
        confirmed,
        confirms,
        content,
        said,
        currencyCode);
  }

  private DomainException refused(Step step) {
    String allowed =
        ShipmentState.allowing(step).stream().map(Enum::name).collect(Collectors.joining(","));
    return DomainException.precondition(
        ErrorReason.ERROR_REASON_SHIPMENT_STATE,
        "The shipment is %s.".formatted(state),
        Map.of("shipment_id", shipmentId.toString(), "state", state.name(), "allowed", allowed));
  }
}
