package dev.backorder.inventory.reference;

/** An item at a site. */
record Place(String sku, String site) {
  @Override
  public String toString() {
    return sku + "@" + site;
  }
}
