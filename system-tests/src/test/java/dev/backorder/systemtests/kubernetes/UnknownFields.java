package dev.backorder.systemtests.kubernetes;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds what a document says and Kubernetes does not know: the model's classes put it into {@code
 * additionalProperties} instead of complaining.
 */
final class UnknownFields {
  private static final String MODEL = "io.fabric8.kubernetes.api.model";

  private UnknownFields() {}

  /** The paths of all unknown fields at any depth. */
  static List<String> of(Object object, String path) {
    List<String> found = new ArrayList<>();
    walk(object, path, found);
    return found;
  }

  private static void walk(Object value, String path, List<String> found) {
    if (value instanceof Iterable<?> elements) {
      int i = 0;
      for (Object element : elements) {
        walk(element, path + "[" + i++ + "]", found);
      }
    } else if (value instanceof Map<?, ?> entries) {
      entries.forEach((key, element) -> walk(element, path + "." + key, found));
    } else if (value != null && value.getClass().getName().startsWith(MODEL)) {
      walkModel(value, path, found);
    }
  }

  private static void walkModel(Object value, String path, List<String> found) {
    for (Method method : value.getClass().getMethods()) {
      if (method.getName().startsWith("get")
          && method.getParameterCount() == 0
          && !Modifier.isStatic(method.getModifiers())
          && !method.getName().equals("getClass")) {
        Object inner = read(value, method);
        if (method.getName().equals("getAdditionalProperties")) {
          ((Map<?, ?>) inner).keySet().forEach(key -> found.add(path + "." + key));
        } else {
          walk(inner, path + "." + method.getName().substring(3), found);
        }
      }
    }
  }

  private static Object read(Object value, Method method) {
    try {
      return method.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(method.toString(), e);
    }
  }
}
