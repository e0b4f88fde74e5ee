package dev.backorder.platform.errors;

import java.util.ArrayList;
import java.util.List;

/** Collects all that is wrong with a request, so that the caller hears of everything at once. */
public final class FieldProblems {
  private final List<FieldProblem> problems = new ArrayList<>();

  /** Notes a problem of {@code field} unless {@code condition} holds. */
  public FieldProblems check(boolean condition, String field, String description) {
    if (!condition) {
      problems.add(new FieldProblem(field, description));
    }
    return this;
  }

  /** Notes a problem of {@code field}. */
  public FieldProblems add(String field, String description) {
    return check(false, field, description);
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  public List<FieldProblem> list() {
    return List.copyOf(problems);
  }

  /**
   * Refuses the request when anything is wrong.
   *
   * @throws DomainException INVALID with all problems
   */
  public void throwIfAny() {
    if (!problems.isEmpty()) {
      throw DomainException.invalid(problems);
    }
  }
}
