package dev.backorder.platform.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.backorder.platform.errors.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds lists with more elements than their contract allows. The caller hears of that and of what
 * is wrong with the first elements; judging all of them could keep a processor busy for seconds.
 */
final class LongLists {
  /** Elements of a list that is too long of which the problems are told. */
  static final int JUDGED = 100;

  private LongLists() {}

  /**
   * What was found.
   *
   * @param problems one for each list that is too long
   * @param rest the message with the first elements of each of them
   */
  record Found(List<FieldProblem> problems, Message rest) {}

  static Found in(Message message) {
    List<FieldProblem> problems = new ArrayList<>();
    return new Found(problems, shorten(message, "", problems));
  }

  private static Message shorten(Message message, String path, List<FieldProblem> problems) {
    Message.Builder changed = null;
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      if (!field.isRepeated() || field.isMapField()) {
        continue;
      }
      List<?> elements = (List<?>) entry.getValue();
      String name = path + field.getName();
      long most = SurelyFine.mostItems(field).orElse(Long.MAX_VALUE);
      List<?> kept =
          elements.size() > most ? elements.subList(0, (int) Math.min(most, JUDGED)) : elements;
      boolean isShortened = kept.size() < elements.size();
      if (isShortened) {
        problems.add(
            new FieldProblem(name, "must contain no more than %d item(s)".formatted(most)));
      }
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        List<Message> inner = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
          int before = problems.size();
          inner.add(shorten((Message) kept.get(i), "%s[%d].".formatted(name, i), problems));
          isShortened |= problems.size() > before;
        }
        kept = inner;
      }
      if (isShortened) {
        changed = changed == null ? message.toBuilder() : changed;
        changed.setField(field, kept);
      }
    }
    return changed == null ? message : changed.build();
  }
}
