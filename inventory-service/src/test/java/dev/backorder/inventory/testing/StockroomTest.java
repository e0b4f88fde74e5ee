package dev.backorder.inventory.testing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test in a stockroom of its own, whose books are right after it, whatever happened. */
public abstract class StockroomTest {
  protected Stockroom room;
  protected Inventory inventory;

  @BeforeEach
  void enter() {
    room = Stockroom.empty();
    inventory = room.inventory;
  }

  @AfterEach
  void books_are_right() {
    room.checkBooks();
  }
}
