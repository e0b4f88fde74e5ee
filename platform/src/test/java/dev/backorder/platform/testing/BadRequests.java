package dev.backorder.platform.testing;

import build.buf.validate.FieldRules;
import build.buf.validate.Int32Rules;
import build.buf.validate.Int64Rules;
import build.buf.validate.StringRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes bad requests out of a good one, by the rules in its contract: every field that has a rule,
 * at every depth that the good request fills, is broken in every way that its rule forbids. So a
 * test walks all RPCs of a service without a list that somebody would have to keep.
 */
public final class BadRequests {
  private BadRequests() {}

  /**
   * A request with one bad field.
   *
   * @param name what is wrong, for people
   * @param request the request
   * @param field path of the bad field, as a refusal must name it
   */
  public record BadRequest(String name, Message request, String field) {
    @Override
    public String toString() {
      return request.getDescriptorForType().getName() + ": " + name;
    }
  }

  /** Every bad variant of a good request. */
  public static List<BadRequest> of(Message good) {
    return variants(good, "");
  }

  private static List<BadRequest> variants(Message good, String path) {
    List<BadRequest> bad = new ArrayList<>();
    for (FieldDescriptor field : good.getDescriptorForType().getFields()) {
      String fieldPath = path.isEmpty() ? field.getName() : path + "." + field.getName();
      FieldRules rules = field.getOptions().getExtension(ValidateProto.field);
      if (field.isRepeated()) {
        bad.addAll(badLists(good, field, fieldPath, rules));
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        bad.addAll(badMessages(good, field, fieldPath, rules));
      } else {
        for (Object value : badValues(field, rules)) {
          bad.add(variant(good, field, value, fieldPath));
        }
      }
    }
    return bad;
  }

  private static List<BadRequest> badMessages(
      Message good, FieldDescriptor field, String path, FieldRules rules) {
    List<BadRequest> bad = new ArrayList<>();
    if (rules.getRequired()) {
      bad.add(new BadRequest(path + " missing", good.toBuilder().clearField(field).build(), path));
    }
    if (good.hasField(field)) {
      for (BadRequest inner : variants((Message) good.getField(field), path)) {
        bad.add(
            new BadRequest(
                inner.name(),
                good.toBuilder().setField(field, inner.request()).build(),
                inner.field()));
      }
    }
    return bad;
  }

  private static List<BadRequest> badLists(
      Message good, FieldDescriptor field, String path, FieldRules rules) {
    List<BadRequest> bad = new ArrayList<>();
    if (rules.getRepeated().getMinItems() > 0) {
      bad.add(new BadRequest(path + " empty", good.toBuilder().clearField(field).build(), path));
    }
    if (good.getRepeatedFieldCount(field) == 0) {
      return bad;
    }
    Object first = good.getRepeatedField(field, 0);
    if (rules.getRepeated().hasMaxItems()) {
      Message.Builder tooLong = good.toBuilder().clearField(field);
      for (long i = 0; i <= rules.getRepeated().getMaxItems(); i++) {
        tooLong.addRepeatedField(field, first);
      }
      bad.add(
          new BadRequest(
              "%s with %d elements".formatted(path, rules.getRepeated().getMaxItems() + 1),
              tooLong.build(),
              path));
    }
    String firstPath = path + "[0]";
    if (first instanceof Message element) {
      for (BadRequest inner : variants(element, firstPath)) {
        bad.add(
            new BadRequest(
                inner.name(),
                good.toBuilder().setRepeatedField(field, 0, inner.request()).build(),
                inner.field()));
      }
    } else {
      for (Object value : badValues(field, rules.getRepeated().getItems())) {
        bad.add(
            new BadRequest(
                firstPath + " = " + shown(value),
                good.toBuilder().setRepeatedField(field, 0, value).build(),
                firstPath));
      }
    }
    return bad;
  }

  private static BadRequest variant(
      Message good, FieldDescriptor field, Object value, String path) {
    return new BadRequest(
        path + " = " + shown(value), good.toBuilder().setField(field, value).build(), path);
  }

  private static Collection<Object> badValues(FieldDescriptor field, FieldRules rules) {
    return switch (field.getJavaType()) {
      case STRING -> badTexts(rules.getString());
      case INT -> badInts(rules.getInt32());
      case LONG -> badLongs(rules.getInt64());
      case ENUM -> badEnums(field.getEnumType(), rules);
      default -> List.of();
    };
  }

  private static Collection<Object> badTexts(StringRules rules) {
    List<Object> bad = new ArrayList<>();
    if (rules.getUuid()) {
      bad.addAll(List.of("", "not-a-uuid"));
    }
    if (rules.hasPattern()) {
      Stream.of("no such ' id", "x".repeat(5_000), "")
          .filter(text -> !text.matches(rules.getPattern()))
          .forEach(bad::add);
    }
    if (rules.getMinLen() > 0) {
      bad.add("");
    }
    if (rules.hasMaxLen()) {
      bad.add("x".repeat(Math.toIntExact(rules.getMaxLen() + 1)));
    }
    return bad;
  }

  private static Collection<Object> badInts(Int32Rules rules) {
    List<Object> bad = new ArrayList<>();
    if (rules.hasGte()) {
      bad.add(rules.getGte() - 1);
      bad.add(Integer.MIN_VALUE);
    }
    if (rules.hasLte()) {
      bad.add(rules.getLte() + 1);
      bad.add(Integer.MAX_VALUE);
    }
    bad.addAll(rules.getNotInList());
    return bad;
  }

  private static Collection<Object> badLongs(Int64Rules rules) {
    List<Object> bad = new ArrayList<>();
    if (rules.hasGte()) {
      bad.add(rules.getGte() - 1);
      bad.add(Long.MIN_VALUE);
    }
    if (rules.hasLte()) {
      bad.add(rules.getLte() + 1);
      bad.add(Long.MAX_VALUE);
    }
    bad.addAll(rules.getNotInList());
    return bad;
  }

  private static Collection<Object> badEnums(EnumDescriptor type, FieldRules rules) {
    List<Object> bad = new ArrayList<>();
    if (rules.getEnum().getDefinedOnly()) {
      bad.add(type.findValueByNumberCreatingIfUnknown(987));
    }
    rules.getEnum().getNotInList().forEach(number -> bad.add(type.findValueByNumber(number)));
    return bad;
  }

  private static String shown(Object value) {
    String text = String.valueOf(value);
    return text.length() <= 40
        ? '"' + text + '"'
        : "%s... (%d characters)".formatted(text.substring(0, 10), text.length());
  }
}
