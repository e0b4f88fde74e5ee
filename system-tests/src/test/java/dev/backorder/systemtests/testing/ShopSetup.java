package dev.backorder.systemtests.testing;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.common.v1.Price;
import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.BatchCreateItemsRequest;
import dev.backorder.inventory.v1.CreateLocationRequest;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.KitComponent;
import dev.backorder.inventory.v1.Location;
import dev.backorder.inventory.v1.ReplenishmentMethod;
import dev.backorder.inventory.v1.ReplenishmentPolicy;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.SalesPolicy;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.inventory.v1.StockAdjustment;
import dev.backorder.inventory.v1.TransitTime;
import dev.backorder.notification.v1.Contact;
import dev.backorder.notification.v1.SetContactRequest;
import dev.backorder.order.v1.Destination;
import dev.backorder.order.v1.PlaceOrderLine;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.supplier.v1.BatchSetSupplierItemsRequest;
import dev.backorder.supplier.v1.CreateSupplierRequest;
import dev.backorder.supplier.v1.Supplier;
import dev.backorder.supplier.v1.SupplierItem;
import java.util.UUID;

/** Sets up what a story needs: a warehouse, suppliers, items, customers. */
public final class ShopSetup {

  private final Cluster cluster;

  /** Sets up a shop on this system. */
  public ShopSetup(Cluster cluster) {
    this.cluster = cluster;
  }

  /** A fresh request id. */
  public static String requestId() {
    return UUID.randomUUID().toString();
  }

  /** A warehouse that is open every day and a day from everywhere. */
  public ShopSetup location(String code) {
    CreateLocationRequest request =
        CreateLocationRequest.newBuilder()
            .setRequestId(requestId())
            .setLocation(
                Location.newBuilder()
                    .setCode(code)
                    .setName("Warehouse " + code)
                    .setTimeZone("Europe/London")
                    .setActive(true)
                    .addTransitTimes(
                        TransitTime.newBuilder().setDestinationCountry("*").setDays(1)))
            .build();
    cluster.locations(stub -> stub.createLocation(request));
    return this;
  }

  /** A supplier that works every day; orders go out when somebody sends them, or at once. */
  public ShopSetup supplier(String code, boolean autoSend) {
    CreateSupplierRequest request =
        CreateSupplierRequest.newBuilder()
            .setRequestId(requestId())
            .setSupplier(
                Supplier.newBuilder()
                    .setCode(code)
                    .setName("Supplier " + code)
                    .setTimeZone("Europe/London")
                    .setActive(true)
                    .setAutoSend(autoSend))
            .build();
    cluster.suppliers(stub -> stub.createSupplier(request));
    return this;
  }

  /** The supplier sells the item, in tens. */
  public ShopSetup sells(String supplier, String sku) {
    BatchSetSupplierItemsRequest request =
        BatchSetSupplierItemsRequest.newBuilder()
            .setRequestId(requestId())
            .setSupplier(supplier)
            .addItems(
                SupplierItem.newBuilder()
                    .setSupplier(supplier)
                    .setSku(sku)
                    .setCost(price(150))
                    .setMinimumQuantity(10)
                    .setMultipleQuantity(10)
                    .setLeadTimeDays(5))
            .build();
    cluster.suppliers(stub -> stub.batchSetSupplierItems(request));
    return this;
  }

  /**
   * An item that is sold beyond stock up to {@code backorderLimit} units and bought again at {@code
   * min}.
   */
  public ShopSetup item(String sku, long backorderLimit, long min, long max) {
    BatchCreateItemsRequest request =
        BatchCreateItemsRequest.newBuilder()
            .setRequestId(requestId())
            .addItems(
                Item.newBuilder()
                    .setSku(sku)
                    .setDescription("Thing " + sku)
                    .setSalesPolicy(
                        SalesPolicy.newBuilder()
                            .setSalesMode(SalesMode.SALES_MODE_BACKORDER)
                            .setLeadTimeDays(10)
                            .setBackorderLimit(
                                BackorderLimit.newBuilder()
                                    .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED)
                                    .setQuantity(backorderLimit)))
                    .setReplenishmentPolicy(
                        ReplenishmentPolicy.newBuilder()
                            .setMethod(ReplenishmentMethod.REPLENISHMENT_METHOD_MIN_MAX)
                            .setMinQuantity(min)
                            .setMaxQuantity(max)))
            .build();
    cluster.items(stub -> stub.batchCreateItems(request));
    return this;
  }

  /** A kit of one of each of these items. */
  public ShopSetup kit(String sku, String... components) {
    Item.Builder kit =
        Item.newBuilder()
            .setSku(sku)
            .setDescription("Set " + sku)
            .setSalesPolicy(SalesPolicy.newBuilder().setSalesMode(SalesMode.SALES_MODE_BACKORDER));
    for (String component : components) {
      kit.addComponents(KitComponent.newBuilder().setSku(component).setQuantity(1));
    }
    BatchCreateItemsRequest request =
        BatchCreateItemsRequest.newBuilder().setRequestId(requestId()).addItems(kit).build();
    cluster.items(stub -> stub.batchCreateItems(request));
    return this;
  }

  /** Units found on the shelf. */
  public ShopSetup stock(String location, String sku, long quantity) {
    AdjustStockRequest request =
        AdjustStockRequest.newBuilder()
            .setRequestId(requestId())
            .setLocation(location)
            .setReason("opening stock")
            .addAdjustments(StockAdjustment.newBuilder().setSku(sku).setQuantity(quantity))
            .build();
    cluster.stock(stub -> stub.adjustStock(request));
    return this;
  }

  /** A customer who can be written to. */
  public ShopSetup contact(String customerId) {
    SetContactRequest request =
        SetContactRequest.newBuilder()
            .setRequestId(requestId())
            .setContact(
                Contact.newBuilder()
                    .setCustomerId(customerId)
                    .setDisplayName("Customer " + customerId)
                    .setEmailAddress(address(customerId)))
            .build();
    cluster.contacts(stub -> stub.setContact(request));
    return this;
  }

  /** The address of a customer. */
  public static String address(String customerId) {
    return customerId + "@customers.example";
  }

  /** An order of one line, not sent yet. */
  public static PlaceOrderRequest.Builder order(String customerId, String sku, long quantity) {
    return PlaceOrderRequest.newBuilder()
        .setRequestId(requestId())
        .setCustomerId(customerId)
        .setCurrencyCode("GBP")
        .setDestination(Destination.newBuilder().setCountry("GB"))
        .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS)
        .addLines(
            PlaceOrderLine.newBuilder().setSku(sku).setQuantity(quantity).setPrice(price(255)));
  }

  private static Price price(long minor) {
    return Price.newBuilder().setCurrencyCode("GBP").setAmountMinor(minor).build();
  }
}
