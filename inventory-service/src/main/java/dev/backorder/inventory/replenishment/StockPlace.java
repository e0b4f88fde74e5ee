package dev.backorder.inventory.replenishment;

/** An item at a location. */
record StockPlace(String sku, String location) {}
