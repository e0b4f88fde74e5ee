package dev.backorder.notification.delivery;

import dev.backorder.notification.message.RenderedMail;
import java.util.Optional;

/**
 * What came of an attempt.
 *
 * @param mail what was sent; empty when it could not even be written
 * @param answer the provider's answer, without addresses
 */
record SendResult(Claim claim, Optional<RenderedMail> mail, Outcome outcome, String answer) {
  enum Outcome {
    /** The provider has it. */
    ACCEPTED,
    /** The provider refuses it for good. */
    REFUSED,
    /** The provider does not have it; later it may take it. */
    FAILED,
    /** Nobody knows whether the provider has it. */
    UNKNOWN
  }
}
