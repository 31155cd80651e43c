package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import dev.fairlead.apiserver.registry.meta.SystemFields;
import dev.fairlead.apiserver.registry.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;

/** Which part of an object a write is about: what it may change, and what is checked. */
interface Shape {
  /** The object itself: its status stays. */
  Shape MAIN = new Main();

  /** The subresource {@code status}: everything but status and metadata stays. */
  Shape STATUS = new Status();

  /** A change made by the server: nothing is put back and nothing is checked. */
  Shape TRUSTED = new Trusted();

  /** Makes the new object what the writer may want: the rest as it was, with defaults. */
  void normalize(Strategy strategy, ObjectNode next, Document stored);

  /** Lets the kind have its say. What it changes is managed by nobody. */
  void prepare(Strategy strategy, ObjectNode next, Document stored);

  /** The subresource that the writes are made through; empty for the object itself. */
  String subresource();

  /** Whether the writer manages what it changes. */
  boolean isTracked();

  List<FieldError> validate(Strategy strategy, Document next, Document stored);

  /** What the writer should hear, though the change is accepted. */
  List<String> warnings(Strategy strategy, Document next, Document stored);

  /** Raises the generation where the kind counts it and what is wanted has changed. */
  static void countGeneration(Strategy strategy, ObjectNode next, Document stored) {
    if (strategy.countsGeneration() && strategy.changesGeneration(next, stored)) {
      Trees.put(Trees.child(next, "metadata"), "generation", stored.meta().generation() + 1);
    }
  }

  /** {@link #MAIN}. */
  final class Main implements Shape {
    @Override
    public void normalize(Strategy strategy, ObjectNode next, Document stored) {
      SystemFields.update(Trees.child(next, "metadata"), stored);
      if (strategy.hasStatus()) {
        Trees.take("status", stored.tree(), next);
      }
      strategy.defaults(next);
    }

    @Override
    public void prepare(Strategy strategy, ObjectNode next, Document stored) {
      strategy.dropDisabled(next, stored);
      strategy.prepareForUpdate(next, stored);
      Shape.countGeneration(strategy, next, stored);
    }

    @Override
    public String subresource() {
      return "";
    }

    @Override
    public boolean isTracked() {
      return true;
    }

    @Override
    public List<FieldError> validate(Strategy strategy, Document next, Document stored) {
      List<FieldError> errors = new ArrayList<>(MetaValidation.update(next, stored));
      errors.addAll(strategy.validateUpdate(next, stored));
      return errors;
    }

    @Override
    public List<String> warnings(Strategy strategy, Document next, Document stored) {
      return strategy.warnings(next, stored);
    }
  }

  /** {@link #STATUS}. */
  final class Status implements Shape {
    @Override
    public void normalize(Strategy strategy, ObjectNode next, Document stored) {
      ObjectNode metadata = Trees.child(next, "metadata");
      SystemFields.update(metadata, stored);
      Trees.take("ownerReferences", stored.tree().path("metadata"), metadata);
      var status = next.get("status");
      next.removeAll();
      next.setAll(stored.tree());
      next.set("metadata", metadata);
      if (status == null) {
        next.remove("status");
      } else {
        next.set("status", status);
      }
    }

    @Override
    public void prepare(Strategy strategy, ObjectNode next, Document stored) {
      strategy.dropDisabled(next, stored);
      strategy.prepareForStatusUpdate(next, stored);
    }

    @Override
    public String subresource() {
      return "status";
    }

    @Override
    public boolean isTracked() {
      return true;
    }

    @Override
    public List<FieldError> validate(Strategy strategy, Document next, Document stored) {
      List<FieldError> errors = new ArrayList<>(MetaValidation.update(next, stored));
      errors.addAll(strategy.validateStatusUpdate(next, stored));
      return errors;
    }

    @Override
    public List<String> warnings(Strategy strategy, Document next, Document stored) {
      return strategy.statusWarnings(next);
    }
  }

  /** {@link #TRUSTED}. */
  final class Trusted implements Shape {
    @Override
    public void normalize(Strategy strategy, ObjectNode next, Document stored) {
      SystemFields.update(Trees.child(next, "metadata"), stored);
    }

    @Override
    public void prepare(Strategy strategy, ObjectNode next, Document stored) {}

    @Override
    public String subresource() {
      return "";
    }

    @Override
    public boolean isTracked() {
      return false;
    }

    @Override
    public List<FieldError> validate(Strategy strategy, Document next, Document stored) {
      return List.of();
    }

    @Override
    public List<String> warnings(Strategy strategy, Document next, Document stored) {
      return List.of();
    }
  }
}
