package dev.backorder.systemtests.crash;

import static dev.backorder.systemtests.testing.BackorderSystem.EVENTUALLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.backorder.cli.stack.MailIndex.Mail;
import dev.backorder.notification.v1.Delivery;
import dev.backorder.notification.v1.DeliveryState;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderState;
import dev.backorder.systemtests.testing.BackorderSystem;
import dev.backorder.systemtests.testing.Processes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Services and the database are killed under load. What was confirmed to a client is there
 * afterwards, once, and the books agree.
 */
class CrashIT {

  private static final int ROUNDS = Boolean.getBoolean("full") ? 10 : 1;
  private static final long SEED = 42;
  private static final List<String> VICTIMS =
      List.of("inventory-service-1", "order-service-1", Processes.POSTGRESQL);

  private static BackorderSystem system;

  @BeforeAll
  static void start() {
    system = BackorderSystem.start("crash", 1);
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  void nothing_confirmed_is_lost_and_nothing_happens_twice() throws InterruptedException {
    Shoppers shoppers = new Shoppers(system.cluster());
    shoppers.open();
    Random random = new Random(SEED);
    for (int round = 1; round <= ROUNDS; round++) {
      shoppers.start();
      killAll(random, shoppers);
      shoppers.awaitAnother(20);
      shoppers.stop();
      System.out.println("round " + round + ": " + shoppers);
    }
    awaitQuiet();

    assertThat(system.brokenInvariants()).isEmpty();
    assertThat(shoppers.failures()).isEmpty();
    assertThat(shoppers.acknowledged()).isNotEmpty();
    everyAcknowledgedOrderIsThere(shoppers);
    everyRequestGivesOneOrder(shoppers);
    shoppers.repeatAll();
    assertThat(shoppers.failures()).isEmpty();
    everyFactIsOneMessage(shoppers);
    assertThat(system.brokenInvariants()).isEmpty();
  }

  /** Each victim once, in a drawn order, and only when the last one is at work again. */
  private static void killAll(Random random, Shoppers shoppers) throws InterruptedException {
    List<String> victims = new ArrayList<>(VICTIMS);
    Collections.shuffle(victims, random);
    for (String victim : victims) {
      shoppers.awaitAnother(10);
      // Any moment is as good as another; this draws which.
      Thread.sleep(random.nextInt(1500));
      long pid = system.processes().alive().get(victim).pid();
      assertThat(system.processes().kill(victim)).as("killed %s", victim).isTrue();
      System.out.println("killed " + victim);
      await(victim + " is back")
          .atMost(EVENTUALLY)
          .until(
              () -> {
                ProcessHandle now = system.processes().alive().get(victim);
                return now != null && now.pid() != pid;
              });
    }
  }

  private static void awaitQuiet() {
    await("no order is in between")
        .atMost(EVENTUALLY)
        .until(() -> Listings.orders(system, OrderState.ORDER_STATE_PENDING).isEmpty());
    await("every mail is out")
        .atMost(EVENTUALLY)
        .until(
            () ->
                Listings.deliveries(system).stream()
                    .noneMatch(
                        delivery ->
                            delivery.getState() == DeliveryState.DELIVERY_STATE_PENDING
                                || delivery.getState() == DeliveryState.DELIVERY_STATE_SENDING));
  }

  private static void everyAcknowledgedOrderIsThere(Shoppers shoppers) {
    shoppers
        .acknowledged()
        .forEach(
            (requestId, first) -> {
              GetOrderRequest request =
                  GetOrderRequest.newBuilder().setOrderId(first.getOrderId()).build();
              Order now = system.cluster().orders(stub -> stub.getOrder(request)).getOrder();
              assertThat(now.getReference()).isEqualTo(requestId);
              assertThat(now.getLines(0).getOrderedQuantity())
                  .isEqualTo(first.getLines(0).getOrderedQuantity());
            });
    assertThat(shoppers.cancelled())
        .allSatisfy(
            orderId -> {
              GetOrderRequest request = GetOrderRequest.newBuilder().setOrderId(orderId).build();
              Order now = system.cluster().orders(stub -> stub.getOrder(request)).getOrder();
              assertThat(now.getLines(0).getReservedQuantity()).isZero();
              assertThat(now.getLines(0).getWaitingQuantity()).isZero();
            });
  }

  private static void everyRequestGivesOneOrder(Shoppers shoppers) {
    Map<String, Long> ordersOfRequest =
        Listings.orders(system).stream()
            .collect(Collectors.groupingBy(Order::getReference, Collectors.counting()));
    assertThat(ordersOfRequest.values()).containsOnly(1L);
    assertThat(ordersOfRequest.keySet()).containsAll(shoppers.acknowledged().keySet());
  }

  /**
   * One delivery for each fact and recipient. A mail that a crash may have sent twice can be told
   * by its Message-ID, and the delivery says so.
   */
  private static void everyFactIsOneMessage(Shoppers shoppers) {
    List<Delivery> deliveries = Listings.deliveries(system);
    Set<String> facts = new HashSet<>();
    Map<String, Delivery> byMessageId = new HashMap<>();
    for (Delivery delivery : deliveries) {
      assertThat(facts.add(delivery.getFactId() + " " + delivery.getCustomerId()))
          .as("one delivery of fact %s", delivery.getFactId())
          .isTrue();
      if (delivery.getState() == DeliveryState.DELIVERY_STATE_ACCEPTED) {
        assertThat(byMessageId.put(delivery.getMessageId(), delivery)).isNull();
      }
    }
    Map<String, Long> copies =
        system.mails(mail -> true).stream()
            .collect(Collectors.groupingBy(Mail::messageId, Collectors.counting()));
    assertThat(copies.keySet()).isEqualTo(byMessageId.keySet());
    copies.forEach(
        (messageId, count) ->
            assertThat(count)
                .as("copies of %s", messageId)
                .isLessThanOrEqualTo(1L + byMessageId.get(messageId).getPossibleDuplicateCount()));
    assertThat(deliveries).hasSizeGreaterThanOrEqualTo(shoppers.acknowledged().size());
    System.out.println(
        deliveries.size()
            + " deliveries, "
            + copies.values().stream().filter(count -> count > 1).count()
            + " mails came more than once");
  }
}
