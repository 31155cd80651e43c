package dev.fairlead.apiserver.registry.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.List;

/** The problems of one object, collected in the order in which they are found. */
public final class Problems {
  private final List<FieldError> list = new ArrayList<>();

  /** What was found; the caller's to change. */
  public List<FieldError> list() {
    return list;
  }

  /** How many were found. */
  public int size() {
    return list.size();
  }

  /** One more. */
  public void add(FieldError error) {
    list.add(error);
  }

  /** Many more. */
  public void addAll(List<FieldError> errors) {
    list.addAll(errors);
  }

  /** {@code Required value}. */
  public void required(FieldPath path) {
    required(path, "");
  }

  /** {@code Required value: why}. */
  public void required(FieldPath path, String why) {
    list.add(FieldError.required(path.toString(), why));
  }

  /** {@code Invalid value: value: why}; strings are quoted, other values stand as JSON. */
  public void invalid(FieldPath path, Object value, String why) {
    list.add(FieldError.invalid(path.toString(), value, why));
  }

  /** {@code Unsupported value: value: supported values: …}. */
  public void unsupported(FieldPath path, String value, List<String> supported) {
    list.add(FieldError.notSupported(path.toString(), value, supported));
  }

  /** {@code Forbidden: why}. */
  public void forbidden(FieldPath path, String why) {
    list.add(FieldError.forbidden(path.toString(), why));
  }

  /** {@code Duplicate value: value}. */
  public void duplicate(FieldPath path, Object value) {
    list.add(FieldError.duplicate(path.toString(), value));
  }

  /** {@code Not found: value}. */
  public void notFound(FieldPath path, String value) {
    list.add(FieldError.notFound(path.toString(), value));
  }

  /** The text must be shaped by the rule; all that is wrong is told. */
  public void name(FieldPath path, String text, Names.Rule rule) {
    rule.check(text).forEach(why -> invalid(path, text, why));
  }

  /** The text must be one of these; empty is reported as missing. */
  public void requireOneOf(FieldPath path, String text, List<String> supported) {
    if (text.isEmpty()) {
      required(path);
    } else {
      oneOf(path, text, supported);
    }
  }

  /** The text must be one of these. */
  public void oneOf(FieldPath path, String text, List<String> supported) {
    if (!supported.contains(text)) {
      unsupported(path, text, supported);
    }
  }

  /** A number that is given must be within these, both inclusive. */
  public void range(FieldPath path, JsonNode number, long min, long max) {
    if (number.isNumber() && (number.asLong() < min || number.asLong() > max)) {
      invalid(path, number, "must be between %d and %d, inclusive".formatted(min, max));
    }
  }

  /** A number that is given must not be below zero. */
  public void notNegative(FieldPath path, JsonNode number) {
    if (number.asLong(0) < 0) {
      invalid(path, number, "must be greater than or equal to 0");
    }
  }

  /** A map of labels. */
  public void labels(FieldPath path, JsonNode labels) {
    if (!labels.isEmpty()) {
      list.addAll(MetaValidation.labels(labels, path.toString()));
    }
  }

  /** A {@code LabelSelector}, when given. */
  public void selector(FieldPath path, JsonNode selector) {
    if (!selector.isEmpty()) {
      SelectorValidation.validate(selector, path.toString(), list);
    }
  }
}
