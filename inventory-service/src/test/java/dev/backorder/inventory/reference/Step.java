package dev.backorder.inventory.reference;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that happens to both, the service and the reference. */
sealed interface Step {

  /** Lets one of the two do it; returns the answer as text. */
  String takenBy(Taker taker);

  /** One of the two to which it happens. */
  interface Taker {
    String buy(Buy step);

    String ask(Ask step);

    String giveBack(GiveBack step);

    String ship(Ship step);

    String takeBack(TakeBack step);

    String adjust(Adjust step);

    String tell(Tell step);

    String receive(Receive step);

    String hold(Hold step);

    String letGo(LetGo step);

    String suspect(Suspect step);

    String inspect(Inspect step);

    String lookAhead(LookAhead step);

    String pass(Wait step);
  }

  /** So many units of an item, from a day on. */
  record Wish(String lineId, String sku, long units, Optional<LocalDate> wanted) {}

  /**
   * In which circumstances somebody asks.
   *
   * @param channel on which he buys; empty when on none
   * @param pickUp site where he picks everything up; empty when it is sent
   * @param fewestParcels whether as few sites as possible serve him
   */
  record Buyer(String channel, String pickUp, boolean fewestParcels) {}

  /**
   * An order.
   *
   * @param cart that it is made from; empty when from none
   * @param wholeOnly whether it is refused as a whole when anything is short
   */
  record NewOrder(
      String id, Buyer buyer, int priority, String cart, boolean wholeOnly, List<Wish> wishes) {}

  /** Orders come, in one call. */
  record Buy(List<NewOrder> orders) implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.buy(this);
    }
  }

  /** Somebody asks what he could have. */
  record Ask(Buyer buyer, String cart, List<Wish> wishes) implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.ask(this);
    }
  }

  /** Units that have not left are given back, by line; all of them when no line is named. */
  record GiveBack(String order, Map<String, Long> units) implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.giveBack(this);
    }
  }

  /** Units leave, by line. */
  record Ship(String order, String site, Map<String, Long> units) implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.ship(this);
    }
  }

  /** Units come back, by line. */
  record TakeBack(String order, String site, Map<String, Long> units) implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.takeBack(this);
    }
  }

  /** Units are put in or taken; of a finding they are there or gone, whatever is reserved. */
  record Adjust(Place place, long units, boolean finding) implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.adjust(this);
    }
  }

  /** A supplier says what comes when. */
  record Tell(String supply, Place place, long units, LocalDate day, Coming.State state)
      implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.tell(this);
    }
  }

  /** Goods arrive together, some of which have to be inspected. */
  record Receive(List<Goods> goods) implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.receive(this);
    }
  }

  /** Goods of one supply. */
  record Goods(String supply, long units, long toInspect) {}

  /** A cart holds other things than before. */
  record Hold(String cart, Buyer buyer, boolean wholeOnly, List<Wish> wishes, int seconds)
      implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.hold(this);
    }
  }

  /** A cart holds nothing any more. */
  record LetGo(String cart) implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.letGo(this);
    }
  }

  /** Units of the shelf are suspected. */
  record Suspect(Place place, long units, Optional<LocalDate> day) implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.suspect(this);
    }
  }

  /** Suspected units are fit to sell, or not. */
  record Inspect(String hold, long accepted, long rejected) implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.inspect(this);
    }
  }

  /** Somebody asks what can be promised for which day. */
  record LookAhead(Place place) implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.lookAhead(this);
    }
  }

  /** Time passes. */
  record Wait(int hours) implements Step {
    @Override
    public String takenBy(Taker taker) {
      return taker.pass(this);
    }
  }
}
