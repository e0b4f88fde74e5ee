package dev.backorder.cli.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads one YAML object field by field. Every missing, unknown or unusable field is noted under its
 * full name, and reading goes on with a stand-in, so that one run names all mistakes.
 */
final class Fields {

  private final JsonNode object;
  private final String path;
  private final List<String> problems;
  private final Set<String> known = new HashSet<>();

  Fields(JsonNode object, String path, List<String> problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
    if (!object.isObject() && !object.isMissingNode()) {
      problems.add((path.isEmpty() ? "the file" : path) + " must be a map of fields");
    }
  }

  String text(String name) {
    return value(name, JsonNode::isValueNode, "a text")
        .map(JsonNode::asText)
        .filter(text -> !text.isBlank())
        .orElse("");
  }

  long whole(String name, long least, long most) {
    String wanted = String.format(Locale.ROOT, "a whole number from %d to %d", least, most);
    return value(name, node -> node.isIntegralNumber() && node.canConvertToLong(), wanted)
        .map(JsonNode::longValue)
        .filter(number -> check(number >= least && number <= most, name, wanted))
        .orElse(least);
  }

  int days(String name) {
    return Math.toIntExact(whole(name, 0, 3650));
  }

  int percent(String name) {
    return Math.toIntExact(whole(name, 0, 100));
  }

  int hour(String name) {
    return Math.toIntExact(whole(name, 0, 23));
  }

  double weeks(String name) {
    String wanted = "a number of weeks from 0 to 520";
    return value(name, JsonNode::isNumber, wanted)
        .map(JsonNode::doubleValue)
        .filter(number -> check(number >= 0 && number <= 520, name, wanted))
        .orElse(0.0);
  }

  ZoneId zone(String name) {
    String text = text(name);
    try {
      return text.isEmpty() ? ZoneId.of("UTC") : ZoneId.of(text);
    } catch (DateTimeException e) {
      problem(name, "must be a time zone such as Europe/London, not " + text);
      return ZoneId.of("UTC");
    }
  }

  <E extends Enum<E>> E oneOf(String name, Class<E> type) {
    String text = text(name).toUpperCase(Locale.ROOT);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    if (!text.isEmpty()) {
      problem(name, "must be one of " + Arrays.toString(type.getEnumConstants()) + ", not " + text);
    }
    return type.getEnumConstants()[0];
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    value(name, JsonNode::isArray, "a list")
        .ifPresent(list -> list.forEach(node -> texts.add(node.asText())));
    return texts;
  }

  List<Integer> weekdays(String name) {
    List<Integer> days = new ArrayList<>();
    value(name, JsonNode::isArray, "a list of weekdays, 1 (Monday) to 7")
        .ifPresent(
            list ->
                list.forEach(
                    node -> {
                      if (check(
                          node.isInt() && node.intValue() >= 1 && node.intValue() <= 7,
                          name,
                          "a list of 1 to 7")) {
                        days.add(node.intValue());
                      }
                    }));
    return days;
  }

  List<LocalDate> dates(String name) {
    List<LocalDate> dates = new ArrayList<>();
    for (String text : texts(name)) {
      try {
        String[] ends = text.split("\\.\\.", 2);
        LocalDate first = LocalDate.parse(ends[0].strip());
        LocalDate last = ends.length == 2 ? LocalDate.parse(ends[1].strip()) : first;
        first.datesUntil(last.plusDays(1)).limit(1000).forEach(dates::add);
      } catch (DateTimeException | IllegalArgumentException e) {
        problem(
            name,
            "must hold days such as 2010-12-25 or spans such as 2010-12-24..2011-01-03, not "
                + text);
      }
    }
    return dates;
  }

  Map<String, String> textMap(String name) {
    Map<String, String> map = new TreeMap<>();
    value(name, JsonNode::isObject, "a map")
        .ifPresent(
            node ->
                node.properties()
                    .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText())));
    return map;
  }

  Map<String, Integer> dayMap(String name) {
    Map<String, Integer> map = new TreeMap<>();
    value(name, JsonNode::isObject, "a map of days")
        .ifPresent(
            node -> {
              Fields days = new Fields(node, pathOf(name), problems);
              node.fieldNames().forEachRemaining(key -> map.put(key, days.days(key)));
            });
    return map;
  }

  /** A nested object. */
  <T> T object(String name, Function<Fields, T> reader) {
    JsonNode node =
        value(name, JsonNode::isObject, "a map of fields").orElse(object.path("\u0000missing"));
    Fields fields = new Fields(node, pathOf(name), problems);
    T result = reader.apply(fields);
    fields.rejectUnknown();
    return result;
  }

  /** A list of objects; at least one. */
  <T> List<T> objects(String name, Function<Fields, T> reader) {
    List<T> results = new ArrayList<>();
    JsonNode list = value(name, JsonNode::isArray, "a list").orElse(null);
    for (int i = 0; list != null && i < list.size(); i++) {
      Fields fields = new Fields(list.get(i), pathOf(name) + "[" + i + "]", problems);
      results.add(reader.apply(fields));
      fields.rejectUnknown();
    }
    if (list != null && results.isEmpty()) {
      problem(name, "must have at least one entry");
    }
    return results;
  }

  void rejectUnknown() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                problem(name, "is not known here");
              }
            });
  }

  boolean check(boolean fine, String name, String wanted) {
    if (!fine) {
      problem(name, "must be " + wanted);
    }
    return fine;
  }

  private Optional<JsonNode> value(String name, Function<JsonNode, Boolean> fits, String wanted) {
    known.add(name);
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      // An object that is missing was noted itself; its fields need not be.
      if (!object.isMissingNode()) {
        problem(name, "is missing");
      }
      return Optional.empty();
    }
    return check(fits.apply(node), name, wanted) ? Optional.of(node) : Optional.empty();
  }

  private void problem(String name, String what) {
    problems.add(pathOf(name) + " " + what);
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
