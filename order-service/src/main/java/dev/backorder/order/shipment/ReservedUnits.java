package dev.backorder.order.shipment;

import java.util.UUID;

/** Units of a line that are reserved at a location and may leave: nobody is cancelling them. */
public record ReservedUnits(String location, UUID lineId, String sku, long quantity) {}
