package dev.backorder.systemtests.badinput;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Bodies that no sensible client would send, for a message of any type. */
final class Garbage {

  private static final int RANDOM_BODIES = Boolean.getBoolean("full") ? 400 : 20;
  private static final int LONG_TEXT = 20_000;
  private static final int MANY = 10_000;
  private static final int MOST_BYTES = 3_900_000;
  private static final int OVER_OUR_LIMIT = 5 * 1024 * 1024;
  private static final int OVER_TRANSPORT_LIMIT = 17 * 1024 * 1024;
  private static final int UNKNOWN_FIELD = 18_000;
  private static final List<String> TEXTS =
      List.of(
          "'; drop table item; --",
          "\0",
          "../../etc/passwd",
          "\uD83D\uDCA9 \u202E",
          "null",
          "00000000-0000-0000-0000-000000000000",
          "%s%n\n\r",
          "x".repeat(5000));
  private static final List<Long> NUMBERS =
      List.of(-1L, 0L, 1L, Long.MIN_VALUE, Long.MAX_VALUE, 1_000_000_001L, -62_135_596_801L);

  private Garbage() {}

  /**
   * One request.
   *
   * @param name what is wrong with it
   * @param bytes on the wire
   * @param beforeOurCode refused by the transport before any of our code sees it, so without
   *     details
   */
  record Body(String name, ByteString bytes, boolean beforeOurCode) {

    /**
     * Reads may answer to what is merely odd; of all that changes something only what finds nothing
     * to change.
     */
    boolean mayBeAccepted(MethodDescriptor method) {
      return isRead(method) || findsNothing(method);
    }

    private static boolean isRead(MethodDescriptor method) {
      String name = method.getName();
      return name.startsWith("Get")
          || name.startsWith("List")
          || name.startsWith("Stream")
          || name.startsWith("Check")
          || name.startsWith("Watch")
          || name.startsWith("Quote");
    }
  }

  /**
   * Whether this mutation may take odd values for a sound request that has nothing to do: there is
   * no such hold, nothing was set aside, each entry of the batch is refused by itself. It may be
   * remembered as done.
   */
  static boolean findsNothing(MethodDescriptor method) {
    String name = method.getName();
    return name.startsWith("Batch")
        || name.equals("ReleaseHold")
        || name.equals("PlaceHold")
        || name.equals("RetryParkedEvents");
  }

  static List<Body> bodies(Descriptor type, Random random) {
    List<Body> bodies = new ArrayList<>();
    bodies.add(new Body("empty", ByteString.EMPTY, false));
    for (int i = 0; i < RANDOM_BODIES; i++) {
      bodies.add(sound("random values " + i, random(type, random, 0).build()));
    }
    for (FieldDescriptor field : type.getFields()) {
      addForField(bodies, type, field, random);
    }
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(
                UNKNOWN_FIELD,
                UnknownFieldSet.Field.newBuilder().addVarint(random.nextLong()).build())
            .build();
    bodies.add(
        sound(
            "an unknown field", DynamicMessage.newBuilder(type).setUnknownFields(unknown).build()));
    bodies.add(invalid("a field that ends too early", new byte[] {0x0a, 0x7f, 0x01}));
    bodies.add(invalid("field number zero", new byte[] {0x02, 0x01, 0x00}));
    bodies.add(invalid("an endless varint", filled(20, (byte) 0xff)));
    byte[] noise = new byte[300];
    random.nextBytes(noise);
    noise[0] = 0x0a;
    noise[1] = (byte) 0xff;
    noise[2] = (byte) 0xff;
    noise[3] = 0x7f;
    bodies.add(invalid("noise", noise));
    bodies.add(new Body("too large", unknownBytes(OVER_OUR_LIMIT), false));
    return bodies;
  }

  /** So large that the transport refuses it; the same for every method. */
  static Body farTooLarge() {
    return new Body("far too large", unknownBytes(OVER_TRANSPORT_LIMIT), true);
  }

  private static void addForField(
      List<Body> bodies, Descriptor type, FieldDescriptor field, Random random) {
    String name = field.getName();
    if (field.isRepeated()) {
      DynamicMessage.Builder many = DynamicMessage.newBuilder(type);
      Object element = value(field, random, 1);
      many.addRepeatedField(field, element);
      int bytes = many.build().getSerializedSize();
      int count = Math.min(MANY, MOST_BYTES / bytes);
      for (int i = 1; i < count; i++) {
        many.addRepeatedField(field, element);
      }
      bodies.add(sound(name + " " + count + " times", many.build()));
    } else if (field.getJavaType() == FieldDescriptor.JavaType.STRING) {
      bodies.add(with(type, field, "y".repeat(LONG_TEXT), name + " too long"));
      for (String text : TEXTS) {
        bodies.add(with(type, field, text, name + " odd"));
      }
      byte[] notUtf8 =
          UnknownFieldSet.newBuilder()
              .addField(
                  field.getNumber(),
                  UnknownFieldSet.Field.newBuilder()
                      .addLengthDelimited(ByteString.copyFrom(new byte[] {(byte) 0xc3, 0x28}))
                      .build())
              .build()
              .toByteArray();
      bodies.add(invalid(name + " not UTF-8", notUtf8));
    } else if (field.getJavaType() == FieldDescriptor.JavaType.ENUM) {
      EnumValueDescriptor wrong = field.getEnumType().findValueByNumberCreatingIfUnknown(987);
      bodies.add(with(type, field, wrong, name + " unknown"));
    }
  }

  private static Body with(Descriptor type, FieldDescriptor field, Object value, String name) {
    return sound(name, DynamicMessage.newBuilder(type).setField(field, value).build());
  }

  private static Body sound(String name, DynamicMessage message) {
    return new Body(name, message.toByteString(), false);
  }

  private static Body invalid(String name, byte[] bytes) {
    return new Body(name, ByteString.copyFrom(bytes), false);
  }

  private static byte[] filled(int length, byte value) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, value);
    return bytes;
  }

  private static ByteString unknownBytes(int size) {
    return UnknownFieldSet.newBuilder()
        .addField(
            UNKNOWN_FIELD,
            UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(new byte[size]))
                .build())
        .build()
        .toByteString();
  }

  private static DynamicMessage.Builder random(Descriptor type, Random random, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      if (field.isRepeated()) {
        for (int i = random.nextInt(3); i > 0; i--) {
          message.addRepeatedField(field, value(field, random, depth + 1));
        }
      } else {
        message.setField(field, value(field, random, depth + 1));
      }
    }
    return message;
  }

  /** Ids of requests are mostly good, or nothing behind them would ever be looked at. */
  private static String text(FieldDescriptor field, Random random) {
    return field.getName().equals("request_id") && random.nextInt(4) > 0
        ? new UUID(random.nextLong(), random.nextLong()).toString()
        : TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private static Object value(FieldDescriptor field, Random random, int depth) {
    return switch (field.getJavaType()) {
      case STRING -> text(field, random);
      case INT -> (int) (long) NUMBERS.get(random.nextInt(NUMBERS.size()));
      case LONG -> NUMBERS.get(random.nextInt(NUMBERS.size()));
      case BOOLEAN -> random.nextBoolean();
      case DOUBLE -> Double.NaN;
      case FLOAT -> Float.NaN;
      case BYTE_STRING -> ByteString.copyFromUtf8(TEXTS.get(random.nextInt(TEXTS.size())));
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(12));
      case MESSAGE ->
          depth > 5
              ? DynamicMessage.getDefaultInstance(field.getMessageType())
              : random(field.getMessageType(), random, depth).build();
    };
  }
}
