package dev.backorder.cli.orderfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.cli.orderfile.Sales.Match;
import dev.backorder.cli.orderfile.Sales.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class SalesTest {

  private final Sales sales = new Sales();

  @Test
  void the_most_recent_sale_with_enough_left_is_taken_back() {
    bought("monday", 10);
    bought("tuesday", 4);

    assertThat(sales.takeBack("7", "A", 5)).isEqualTo(found(new Part("monday", 0, 5)));
    assertThat(sales.takeBack("7", "A", 4)).isEqualTo(found(new Part("tuesday", 0, 4)));
    assertThat(sales.takeBack("7", "A", 5)).isEqualTo(found(new Part("monday", 0, 5)));
    assertThat(sales.takeBack("7", "A", 1)).isEqualTo(new Match.None());
  }

  @Test
  void when_no_single_sale_suffices_the_most_recent_ones_are_taken_together() {
    bought("monday", 3);
    bought("tuesday", 3);

    assertThat(sales.takeBack("7", "A", 5))
        .isEqualTo(found(new Part("tuesday", 0, 3), new Part("monday", 0, 2)));
  }

  @Test
  void more_than_was_bought_takes_nothing() {
    bought("monday", 3);

    assertThat(sales.takeBack("7", "A", 4)).isEqualTo(new Match.None());
    assertThat(sales.takeBack("7", "A", 3)).isEqualTo(found(new Part("monday", 0, 3)));
  }

  @Test
  void another_customer_item_or_an_unknown_customer_matches_nothing() {
    bought("monday", 3);
    sales.add("", "A", "guest", 0, 3, true);

    assertThat(sales.takeBack("8", "A", 1)).isEqualTo(new Match.None());
    assertThat(sales.takeBack("7", "B", 1)).isEqualTo(new Match.None());
    assertThat(sales.takeBack("", "A", 1)).isEqualTo(new Match.None());
  }

  @Test
  void a_sale_that_was_refused_is_told_apart() {
    sales.add("7", "A", "monday", 0, 74_215, false);

    assertThat(sales.takeBack("7", "A", 74_215)).isEqualTo(new Match.OnlyRefused());
    assertThat(sales.takeBack("7", "A", 1)).isEqualTo(new Match.None());
  }

  private void bought(String invoice, long quantity) {
    sales.add("7", "A", invoice, 0, quantity, true);
  }

  private static Match found(Part... parts) {
    return new Match.Found(List.of(parts));
  }
}
