package dev.backorder.platform.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.backorder.platform.errors.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds texts with the one character that PostgreSQL cannot keep: U+0000. */
final class BadTexts {
  private static final String DESCRIPTION = "must not contain the character U+0000";

  private BadTexts() {}

  static List<FieldProblem> in(Message message) {
    List<FieldProblem> problems = new ArrayList<>();
    look(message, "", problems);
    return problems;
  }

  private static void look(Message message, String path, List<FieldProblem> problems) {
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      String name = path.isEmpty() ? field.getName() : path + "." + field.getName();
      if (field.isRepeated()) {
        List<?> elements = (List<?>) entry.getValue();
        for (int i = 0; i < elements.size(); i++) {
          lookAt(elements.get(i), name + "[" + i + "]", problems);
        }
      } else {
        lookAt(entry.getValue(), name, problems);
      }
    }
  }

  private static void lookAt(Object value, String name, List<FieldProblem> problems) {
    if (value instanceof Message message) {
      look(message, name, problems);
    } else if (value instanceof String text && text.indexOf('\0') >= 0) {
      problems.add(new FieldProblem(name, DESCRIPTION));
    }
  }
}
