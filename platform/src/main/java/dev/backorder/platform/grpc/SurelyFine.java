package dev.backorder.platform.grpc;

import build.buf.validate.FieldRules;
import build.buf.validate.Ignore;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/**
 * Knows of most good requests, in a few microseconds, that they keep every rule of their contract.
 * Of all others it knows nothing: those are judged, and refused, by protovalidate alone. It
 * understands the few kinds of rules that the contracts use; a message with any other kind is never
 * surely fine.
 */
final class SurelyFine {
  private static final ExtensionRegistry RULES = ExtensionRegistry.newInstance();

  static {
    RULES.add(ValidateProto.field);
    RULES.add(ValidateProto.message);
    RULES.add(ValidateProto.oneof);
  }

  private final Map<Descriptor, List<Check>> checks = new ConcurrentHashMap<>();

  /** A test of one field of a message: true when it is surely fine. */
  private record Check(FieldDescriptor field, BiPredicate<Message, FieldDescriptor> isFine) {}

  /** True when the message keeps every rule; false when that is not known. */
  boolean knows(Message message) {
    if (message instanceof Timestamp time) {
      return Timestamps.isValid(time);
    }
    if (message instanceof Duration duration) {
      return Durations.isValid(duration);
    }
    for (Check check : checksOf(message.getDescriptorForType())) {
      if (!check.isFine().test(message, check.field())) {
        return false;
      }
    }
    return true;
  }

  /** The most elements that a repeated field may have; empty when the contract sets none. */
  static Optional<Long> mostItems(FieldDescriptor field) {
    FieldRules rules = rules(field);
    return rules.hasRepeated() && rules.getRepeated().hasMaxItems()
        ? Optional.of(rules.getRepeated().getMaxItems())
        : Optional.empty();
  }

  private List<Check> checksOf(Descriptor type) {
    List<Check> known = checks.get(type);
    if (known == null) {
      known =
          hasRulesOfItsOwn(type)
              ? List.of(new Check(null, (message, field) -> false))
              : type.getFields().stream().map(field -> new Check(field, check(field))).toList();
      checks.put(type, known);
    }
    return known;
  }

  /** Rules for several fields at once. */
  private static boolean hasRulesOfItsOwn(Descriptor type) {
    try {
      return com.google.protobuf.DescriptorProtos.MessageOptions.parseFrom(
                  type.getOptions().toByteString(), RULES)
              .hasExtension(ValidateProto.message)
          || type.getOneofs().stream()
              .anyMatch(
                  oneof ->
                      !oneof
                          .getOptions()
                          .equals(
                              com.google.protobuf.DescriptorProtos.OneofOptions
                                  .getDefaultInstance()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("options of " + type.getFullName(), e);
    }
  }

  private static FieldRules rules(FieldDescriptor field) {
    try {
      // The options were built without these extensions known: read them again.
      return com.google.protobuf.DescriptorProtos.FieldOptions.parseFrom(
              field.getOptions().toByteString(), RULES)
          .getExtension(ValidateProto.field);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("options of " + field.getFullName(), e);
    }
  }

  private BiPredicate<Message, FieldDescriptor> check(FieldDescriptor field) {
    FieldRules rules = rules(field);
    if (field.isMapField() || !ValueChecks.understands(rules)) {
      return (message, f) -> false;
    }
    if (field.isRepeated()) {
      return repeated(rules);
    }
    BiPredicate<Object, FieldDescriptor> value = value(field, rules);
    boolean isRequired = rules.getRequired();
    boolean isIgnoredWhenEmpty =
        field.hasPresence() || rules.getIgnore() == Ignore.IGNORE_IF_ZERO_VALUE;
    return (message, f) -> {
      if (isRequired || isIgnoredWhenEmpty) {
        boolean isThere = message.hasField(f);
        if (!isThere) {
          return !isRequired;
        }
      }
      return value.test(message.getField(f), f);
    };
  }

  private BiPredicate<Message, FieldDescriptor> repeated(FieldRules rules) {
    long least = rules.getRepeated().getMinItems();
    long most =
        rules.getRepeated().hasMaxItems() ? rules.getRepeated().getMaxItems() : Long.MAX_VALUE;
    boolean isRequired = rules.getRequired();
    FieldRules items = rules.getRepeated().getItems();
    Map<FieldDescriptor, BiPredicate<Object, FieldDescriptor>> values = new ConcurrentHashMap<>();
    return (message, field) -> {
      int count = message.getRepeatedFieldCount(field);
      if (count < least || count > most || (isRequired && count == 0)) {
        return false;
      }
      BiPredicate<Object, FieldDescriptor> value =
          values.computeIfAbsent(field, f -> value(f, items));
      for (int i = 0; i < count; i++) {
        if (!value.test(message.getRepeatedField(field, i), field)) {
          return false;
        }
      }
      return true;
    };
  }

  private BiPredicate<Object, FieldDescriptor> value(FieldDescriptor field, FieldRules rules) {
    return switch (field.getJavaType()) {
      case MESSAGE -> (value, f) -> knows((Message) value);
      case STRING -> {
        var text = ValueChecks.text(rules.getString());
        yield (value, f) -> text.test((String) value);
      }
      case INT -> {
        var number = ValueChecks.number(rules.getInt32());
        yield (value, f) -> number.test((Integer) value);
      }
      case LONG -> {
        var number = ValueChecks.number(rules.getInt64());
        yield (value, f) -> number.test((Long) value);
      }
      case ENUM -> {
        var number = ValueChecks.number(field.getEnumType(), rules.getEnum());
        yield (value, f) -> number.test(((EnumValueDescriptor) value).getNumber());
      }
      case BOOLEAN, BYTE_STRING, FLOAT, DOUBLE -> (value, f) -> true;
    };
  }
}
