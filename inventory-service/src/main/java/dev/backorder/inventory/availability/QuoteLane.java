package dev.backorder.inventory.availability;

import dev.backorder.inventory.allocation.WantedDates;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteAvailabilityResponse;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.lane.Lane;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers all questions that wait from one read of the books. */
@ApplicationScoped
class QuoteLane {
  private final Lane<QuoteAvailabilityRequest, QuoteAvailabilityResponse> lane;

  QuoteLane(Quotes quotes, AvailabilityConfig config) {
    this.lane =
        new Lane<>(
            "availability",
            config.laneCapacityLines(),
            config.linesPerBatch(),
            QuoteAvailabilityRequest::getLinesCount,
            quotes::quote);
  }

  QuoteAvailabilityResponse quote(QuoteAvailabilityRequest request) {
    FieldProblems problems = new FieldProblems();
    for (int i = 0; i < request.getLinesCount(); i++) {
      QuoteLine line = request.getLines(i);
      if (line.hasWantedDate()) {
        WantedDates.check(line.getWantedDate(), "lines[%d].wanted_date".formatted(i), problems);
      }
    }
    problems.throwIfAny();
    return lane.call(request);
  }

  @PreDestroy
  void close() {
    lane.close();
  }
}
