package dev.backorder.cli.replay;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.RequestIds;
import dev.backorder.cli.scenario.Draw;
import dev.backorder.cli.scenario.Scenario;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What every actor of a replay works with.
 *
 * @param cluster the services
 * @param scenario how everybody behaves
 * @param requestIds ids of this run
 * @param draw chance
 * @param time the simulated clock
 * @param agenda what is planned
 * @param tallies what the driver counts
 * @param parallel for calls that do not influence each other
 */
record Shop(
    Cluster cluster,
    Scenario scenario,
    RequestIds requestIds,
    Draw draw,
    SimulatedTime time,
    Agenda agenda,
    Tallies tallies,
    Parallel parallel) {

  ZoneId zone() {
    return scenario.warehouse().zone();
  }

  /** Today at the warehouse. */
  LocalDate today() {
    return time.now().atZone(zone()).toLocalDate();
  }

  /** An hour of a day at the warehouse. */
  Instant at(LocalDate day, int hour) {
    return day.atTime(hour, 0).atZone(zone()).toInstant();
  }

  int hourOfDay() {
    return time.now().atZone(zone()).getHour();
  }
}
