package dev.backorder.inventory.book;

import dev.backorder.inventory.book.OrderHolding.Share;
import dev.backorder.inventory.promise.model.KitFate;
import dev.backorder.inventory.v1.AllocationComponent;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.PortionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lines of kits as the contract writes them: whole kits, and what their components hold. */
final class KitLineMessages {
  private record Located(String location, KitFate kits) {}

  private KitLineMessages() {}

  static AllocationLine render(OrderHolding holding, AllocationLineRow line, List<Share> shares) {
    AllocationLine.Builder message =
        AllocationMessages.render(line, portions(holding, shares)).toBuilder();
    for (Share share : shares) {
      List<Portion> held = holding.portionsOf(share.line().lineNo());
      long reserved = held.stream().filter(Portion::reserved).mapToLong(Portion::quantity).sum();
      long all = held.stream().mapToLong(Portion::quantity).sum();
      message.addComponents(
          AllocationComponent.newBuilder()
              .setSku(share.line().sku())
              .setUnitsPerKit(share.perUnit())
              .setReservedQuantity(reserved)
              .setWaitingQuantity(all - reserved));
    }
    return message.build();
  }

  /** As the portions of other lines: the earliest date first, then what is reserved. */
  private static List<AllocationPortion> portions(OrderHolding holding, List<Share> shares) {
    List<Located> kits = new ArrayList<>();
    holding.portionsOf(shares.get(0).line().lineNo()).stream()
        .map(portion -> portion.key().location())
        .distinct()
        .sorted()
        .forEach(
            location ->
                holding
                    .fatesAt(shares, location)
                    .forEach(fate -> kits.add(new Located(location, fate))));
    kits.sort(
        Comparator.comparing((Located l) -> l.kits().promise().shipBy())
            .thenComparing(l -> !l.kits().reserved()));
    return kits.stream().map(KitLineMessages::render).toList();
  }

  private static AllocationPortion render(Located located) {
    KitFate kits = located.kits();
    return AllocationPortion.newBuilder()
        .setQuantity(kits.quantity())
        .setLocation(located.location())
        .setState(
            kits.reserved()
                ? PortionState.PORTION_STATE_RESERVED
                : PortionState.PORTION_STATE_WAITING)
        .setPromise(PromiseMessages.render(kits.promise(), kits.supplyId()))
        .build();
  }
}
