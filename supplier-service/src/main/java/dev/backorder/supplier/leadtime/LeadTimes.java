package dev.backorder.supplier.leadtime;

import dev.backorder.supplier.catalogue.Suppliers;
import dev.backorder.supplier.catalogue.model.SupplierProfile;
import dev.backorder.supplier.leadtime.ObservationBook.Kept;
import dev.backorder.supplier.leadtime.model.Delivery;
import dev.backorder.supplier.leadtime.model.MeasuredTimes;
import dev.backorder.supplier.leadtime.model.Observation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** How long suppliers really take: measures each receipt, and tells what came of it. */
@ApplicationScoped
@Transactional
public class LeadTimes {
  private final ObservationBook observations;
  private final Suppliers suppliers;
  private final SupplierTerms terms;

  LeadTimes(ObservationBook observations, Suppliers suppliers, SupplierTerms terms) {
    this.observations = observations;
    this.suppliers = suppliers;
    this.terms = terms;
  }

  /**
   * What was measured.
   *
   * @param item of the item that was asked for, if one was
   * @param supplier over all items
   */
  record Answer(Optional<MeasuredTimes> item, MeasuredTimes supplier) {}

  /**
   * Measures receipts of one supplier, in the transaction that records them and holds the lock of
   * their purchase order.
   *
   * @param received in the order in which they came
   */
  public void observe(String supplier, List<ReceivedUnits> received) {
    if (received.isEmpty()) {
      return;
    }
    // Locked before anything is read: what others measured of the supplier is measured with it.
    SupplierProfile profile = suppliers.locked(supplier);
    observations.insert(received.stream().map(units -> measured(profile, units)).toList());
    TreeSet<String> skus = new TreeSet<>();
    received.forEach(units -> skus.add(units.sku()));
    terms.publish(profile, skus);
  }

  Answer distribution(String supplier, String sku) {
    // Refuses one that does not exist.
    SupplierProfile known = suppliers.get(supplier);
    return new Answer(
        sku.isEmpty()
            ? Optional.empty()
            : Optional.of(observations.ofItems(known.code(), List.of(sku)).get(sku)),
        observations.ofSupplier(known.code()));
  }

  List<Kept> page(String supplier, String sku, long after, int limit) {
    return observations.page(supplier, sku, after, limit);
  }

  private static Kept measured(SupplierProfile supplier, ReceivedUnits units) {
    Delivery days =
        new Delivery(
            supplier.dayOf(units.sentTime()),
            units.promised(),
            supplier.dayOf(units.receivedTime()));
    return new Kept(
        0,
        supplier.code(),
        units.sku(),
        new Observation(
            units.lineId(),
            units.quantity(),
            units.lineReceived(),
            units.lineExpected(),
            days.leadTimeDays(supplier.calendar()),
            days.lateDays()),
        days,
        units.receivedTime());
  }
}
