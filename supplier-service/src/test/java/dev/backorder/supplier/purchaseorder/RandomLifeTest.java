package dev.backorder.supplier.purchaseorder;

import static dev.backorder.supplier.testing.Purchasing.ACME;
import static dev.backorder.supplier.testing.Purchasing.LEEDS;
import static dev.backorder.supplier.testing.Purchasing.accept;
import static dev.backorder.supplier.testing.Purchasing.item;
import static dev.backorder.supplier.testing.Purchasing.reject;
import static dev.backorder.supplier.testing.Purchasing.supplier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.Event;
import dev.backorder.platform.testing.SeededRandom;
import dev.backorder.platform.testing.Stampede;
import dev.backorder.supplier.testing.InventoryPeer;
import dev.backorder.supplier.testing.Purchasing;
import dev.backorder.supplier.testing.SupplierResource;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderLine;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * Whatever calls come, in whatever order and at the same time: the books agree, and followers hear
 * every version.
 */
@QuarkusTest
@QuarkusTestResource(SupplierResource.class)
class RandomLifeTest {
  private static final List<String> SKUS = List.of("hat", "scarf", "tie");

  @Test
  void random_calls_one_after_the_other() {
    SeededRandom.rounds(
        3,
        random -> {
          Purchasing purchasing = newWorld();
          for (int step = 0; step < 60; step++) {
            step(purchasing, random);
          }
          assertSound(purchasing);
        });
  }

  @Test
  void random_calls_from_many_threads() {
    Purchasing purchasing = newWorld();
    for (String sku : SKUS) {
      purchasing.sent(ACME, sku, 20, SKUS.get(0).equals(sku) ? "tie" : "hat", 5);
    }
    Stampede.run(
        6,
        thread ->
            () -> {
              RandomGenerator random =
                  RandomGeneratorFactory.of("L64X128MixRandom").create(1000 + thread);
              for (int step = 0; step < 25; step++) {
                step(purchasing, random);
              }
              return true;
            });
    purchasing.time.settle();
    assertSound(purchasing);
  }

  private static Purchasing newWorld() {
    Purchasing purchasing = new Purchasing().reset();
    purchasing.with(
        supplier(ACME)
            .setAutoSend(true)
            .setSendDelayMinutes(60)
            .setOverReceiptTolerancePercent(20)
            .setUnderReceiptTolerancePercent(10));
    for (String sku : SKUS) {
      purchasing.sells(ACME, item(sku).setMultipleQuantity(3));
    }
    return purchasing;
  }

  private static void step(Purchasing purchasing, RandomGenerator random) {
    List<PurchaseOrder> all = purchasing.all();
    if (all.isEmpty() || random.nextInt(4) == 0) {
      InventoryPeer.tell(
          InventoryPeer.need(SKUS.get(random.nextInt(SKUS.size())), LEEDS, 1 + random.nextInt(9)));
      purchasing.time.advance(Duration.ofMinutes(random.nextInt(45)));
      return;
    }
    PurchaseOrder order = all.get(random.nextInt(all.size()));
    PurchaseOrderLine line = order.getLines(random.nextInt(order.getLinesCount()));
    try {
      call(purchasing, random, order, line);
    } catch (StatusRuntimeException refused) {
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }
  }

  private static void call(
      Purchasing purchasing, RandomGenerator random, PurchaseOrder order, PurchaseOrderLine line) {
    var day = purchasing.today().plusDays(random.nextInt(1, 30));
    switch (random.nextInt(8)) {
      case 0 -> purchasing.send(order);
      case 1, 2 -> purchasing.acknowledge(order, accept(line, 1 + random.nextInt(12), day));
      case 3 -> purchasing.acknowledge(order, reject(line));
      case 4 -> purchasing.redate(order, line, day);
      case 5 -> purchasing.close(order);
      case 6 -> purchasing.receive(order, line, 1 + random.nextInt(15));
      default -> purchasing.cancel(order);
    }
  }

  private static void assertSound(Purchasing purchasing) {
    purchasing.assertConsistent();
    Map<String, Long> versions = new HashMap<>();
    Map<String, PurchaseOrder> heard = new HashMap<>();
    for (Event event : purchasing.newEvents()) {
      long expected = versions.merge(event.getKey(), 1L, Long::sum);
      assertThat(event.getKeyVersion()).as("no version missing, none twice").isEqualTo(expected);
      heard.put(
          event.getKey(), Purchasing.payload(event).getPurchaseOrderChanged().getPurchaseOrder());
    }
    for (PurchaseOrder order : purchasing.all()) {
      assertThat(heard.get(order.getPurchaseOrderId())).isEqualTo(order);
    }
  }
}
