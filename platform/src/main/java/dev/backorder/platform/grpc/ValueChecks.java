package dev.backorder.platform.grpc;

import build.buf.validate.EnumRules;
import build.buf.validate.FieldRules;
import build.buf.validate.Int32Rules;
import build.buf.validate.Int64Rules;
import build.buf.validate.StringRules;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tests of single values for {@link SurelyFine}: true when a value surely keeps its rules. */
final class ValueChecks {
  private static final Set<String> FIELD =
      Set.of("required", "ignore", "string", "int32", "int64", "enum", "repeated");
  private static final Set<String> STRING = Set.of("pattern", "max_len", "min_len", "uuid");
  private static final Set<String> NUMBER = Set.of("gt", "gte", "lt", "lte");
  private static final Set<String> ENUM = Set.of("defined_only", "not_in");
  private static final Set<String> REPEATED = Set.of("min_items", "max_items", "items");
  private static final Pattern ONE_CLASS =
      Pattern.compile("\\^(\\[[^\\[\\]]+])\\{(\\d+),(\\d+)}\\$");
  private static final int ASCII = 128;
  private static final int UUID_LENGTH = 36;

  private ValueChecks() {}

  /** True when every rule is of a kind that the tests here know. */
  static boolean understands(FieldRules rules) {
    return only(rules, FIELD)
        && only(rules.getString(), STRING)
        && only(rules.getInt32(), NUMBER)
        && only(rules.getInt64(), NUMBER)
        && only(rules.getEnum(), ENUM)
        && only(rules.getRepeated(), REPEATED)
        && (!rules.getRepeated().hasItems() || understands(rules.getRepeated().getItems()));
  }

  private static boolean only(Message rules, Set<String> known) {
    return rules.getUnknownFields().asMap().isEmpty()
        && rules.getAllFields().keySet().stream().allMatch(rule -> known.contains(rule.getName()));
  }

  static Predicate<String> text(StringRules rules) {
    List<Predicate<String>> all = new ArrayList<>();
    if (rules.hasMaxLen()) {
      // Characters are at most as many as Java's halves of them.
      all.add(text -> text.length() <= rules.getMaxLen());
    }
    if (rules.hasMinLen()) {
      all.add(text -> text.codePointCount(0, text.length()) >= rules.getMinLen());
    }
    if (rules.getUuid()) {
      all.add(ValueChecks::isUuid);
    }
    if (rules.hasPattern()) {
      all.add(pattern(rules.getPattern()));
    }
    // PostgreSQL keeps every character but this one.
    all.add(text -> text.indexOf('\0') < 0);
    List<Predicate<String>> checks = List.copyOf(all);
    return text -> {
      for (Predicate<String> check : checks) {
        if (!check.test(text)) {
          return false;
        }
      }
      return true;
    };
  }

  static IntPredicate number(Int32Rules rules) {
    long least =
        rules.hasGt() ? rules.getGt() + 1L : rules.hasGte() ? rules.getGte() : Integer.MIN_VALUE;
    long most =
        rules.hasLt() ? rules.getLt() - 1L : rules.hasLte() ? rules.getLte() : Integer.MAX_VALUE;
    return number -> number >= least && number <= most;
  }

  static LongPredicate number(Int64Rules rules) {
    return number ->
        (!rules.hasGt() || number > rules.getGt())
            && (!rules.hasGte() || number >= rules.getGte())
            && (!rules.hasLt() || number < rules.getLt())
            && (!rules.hasLte() || number <= rules.getLte());
  }

  static IntPredicate number(EnumDescriptor type, EnumRules rules) {
    Set<Integer> refused = Set.copyOf(rules.getNotInList());
    return number ->
        (!rules.getDefinedOnly() || type.findValueByNumber(number) != null)
            && !refused.contains(number);
  }

  /**
   * The contract's patterns match from the start of a text to its end; one that may match in
   * another way is not known.
   */
  private static Predicate<String> pattern(String pattern) {
    Matcher oneClass = ONE_CLASS.matcher(pattern);
    if (oneClass.matches()) {
      return ofClass(
          Pattern.compile(oneClass.group(1)),
          Integer.parseInt(oneClass.group(2)),
          Integer.parseInt(oneClass.group(3)));
    }
    String body = pattern.length() < 2 ? "" : pattern.substring(1, pattern.length() - 1);
    if (!pattern.startsWith("^") || !pattern.endsWith("$") || hasChoiceOutsideOfGroups(body)) {
      return text -> false;
    }
    Pattern whole = Pattern.compile(body);
    return text -> whole.matcher(text).matches();
  }

  private static boolean hasChoiceOutsideOfGroups(String body) {
    int depth = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == '|' && depth == 0) {
        return true;
      }
    }
    return false;
  }

  private static Predicate<String> ofClass(Pattern one, int least, int most) {
    boolean[] allowed = new boolean[ASCII];
    for (int c = 0; c < ASCII; c++) {
      allowed[c] = one.matcher(Character.toString(c)).matches();
    }
    return text -> {
      int length = text.length();
      if (length < least || length > most) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        char c = text.charAt(i);
        if (c >= ASCII || !allowed[c]) {
          return false;
        }
      }
      return true;
    };
  }

  private static boolean isUuid(String text) {
    if (text.length() != UUID_LENGTH) {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = text.charAt(i);
      boolean isDash = i == 8 || i == 13 || i == 18 || i == 23;
      if (isDash ? c != '-' : Character.digit(c, 16) < 0 || c >= ASCII) {
        return false;
      }
    }
    return true;
  }
}
