package dev.backorder.platform.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.backorder.platform.errors.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds timestamps and durations that are none: the wire carries any seconds and nanoseconds, and
 * the check of the contract's rules throws on some of them.
 */
final class BadTimes {
  private static final String NO_TIME =
      "must be a time in the years 1 to 9999, with 0 to 999,999,999 nanoseconds";
  private static final String NO_DURATION =
      "must be at most 10,000 years, with nanoseconds below a second and of the sign of its seconds";

  private BadTimes() {}

  /**
   * What was found.
   *
   * @param problems one for each of them
   * @param rest the message with each of them replaced by a good one, so that the rest of it can be
   *     judged
   */
  record Found(List<FieldProblem> problems, Message rest) {}

  static Found in(Message message) {
    List<FieldProblem> problems = new ArrayList<>();
    return new Found(problems, clean(message, "", problems));
  }

  private static Message clean(Message message, String path, List<FieldProblem> problems) {
    if (message instanceof Timestamp time) {
      if (Timestamps.isValid(time)) {
        return time;
      }
      problems.add(new FieldProblem(path, NO_TIME));
      return Timestamp.getDefaultInstance();
    }
    if (message instanceof Duration duration) {
      if (Durations.isValid(duration)) {
        return duration;
      }
      problems.add(new FieldProblem(path, NO_DURATION));
      return Duration.getDefaultInstance();
    }
    Message.Builder changed = null;
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || field.isMapField()) {
        continue;
      }
      String name = path.isEmpty() ? field.getName() : path + "." + field.getName();
      int before = problems.size();
      Object cleaned =
          field.isRepeated()
              ? cleanAll((List<?>) entry.getValue(), name, problems)
              : clean((Message) entry.getValue(), name, problems);
      if (problems.size() > before) {
        changed = changed == null ? message.toBuilder() : changed;
        changed.setField(field, cleaned);
      }
    }
    return changed == null ? message : changed.build();
  }

  private static List<Message> cleanAll(
      List<?> messages, String name, List<FieldProblem> problems) {
    List<Message> cleaned = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      cleaned.add(clean((Message) messages.get(i), "%s[%d]".formatted(name, i), problems));
    }
    return cleaned;
  }
}
