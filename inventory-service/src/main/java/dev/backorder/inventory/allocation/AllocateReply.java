package dev.backorder.inventory.allocation;

import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.platform.errors.DomainException;
import java.util.function.Supplier;

/** The answer to one call of a batch: a refusal of one call must not fail the others. */
sealed interface AllocateReply {
  /** The response, or the refusal thrown. */
  AllocateOrderResponse get();

  /** An answer. */
  record Answer(AllocateOrderResponse response) implements AllocateReply {
    @Override
    public AllocateOrderResponse get() {
      return response;
    }
  }

  /** A refused call. */
  record Refused(DomainException failure) implements AllocateReply {
    @Override
    public AllocateOrderResponse get() {
      throw failure;
    }
  }

  /** What the work answers, or its refusal. */
  static AllocateReply of(Supplier<AllocateOrderResponse> work) {
    try {
      return new Answer(work.get());
    } catch (DomainException e) {
      return new Refused(e);
    }
  }
}
