package dev.backorder.order.payment.model;

import java.time.LocalDate;

/**
 * Something that the merchant's payment service has to do.
 *
 * @param amountMinor minor units of the order's currency; 0 where no money moves
 * @param due the day on which it is to be done, in the zone of promises
 */
public record PaymentAction(Kind kind, long amountMinor, LocalDate due) {
  /** What is to be done. */
  public enum Kind {
    /** Keep the payment method for later, with the customer's consent. */
    SAVE_METHOD,
    /** Ask for other details: the card ends before the goods leave. */
    REQUEST_NEW_METHOD,
    /** Authorise an amount. */
    AUTHORISE,
    /** Authorise it again: the present authorisation lapses before the goods leave. */
    REAUTHORISE,
    /** Capture an amount of what is authorised. */
    CAPTURE,
    /** Take an amount without an authorisation. */
    CHARGE,
    /** Give an amount back. */
    REFUND
  }
}
