package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Services. Their addresses and ports are given by the allocator, in the same transaction. */
final class ServiceStrategy implements Strategy {
  @Override
  public ResourceType type() {
    return Kinds.SERVICE;
  }

  @Override
  public Names.Rule nameRule() {
    return Names::dns1035Label;
  }

  @Override
  public void defaults(ObjectNode service) {
    ServiceDefaults.apply(Trees.child(service, "spec"));
  }

  @Override
  public void prepareForCreate(ObjectNode service) {
    service.putObject("status").putObject("loadBalancer");
    ServiceDefaults.families(Trees.child(service, "spec"));
  }

  @Override
  public void prepareForUpdate(ObjectNode service, Document old) {
    ObjectNode spec = Trees.child(service, "spec");
    ServiceCarryOver.keep(old.spec(), spec);
    ServiceCarryOver.drop(old.spec(), spec);
    ServiceDefaults.families(spec);
    boolean balanced = spec.path("type").asText().equals("LoadBalancer");
    if (!balanced) {
      Trees.child(service, "status").putObject("loadBalancer");
    }
  }

  @Override
  public List<FieldError> validateCreate(Document service) {
    return ServiceValidation.validate(service);
  }

  @Override
  public List<FieldError> validateUpdate(Document service, Document old) {
    List<FieldError> errors = new ArrayList<>(ServiceValidation.update(service.spec(), old.spec()));
    errors.addAll(ServiceValidation.validate(service));
    return errors;
  }

  @Override
  public List<FieldError> validateStatusUpdate(Document service, Document old) {
    return LoadBalancerStatus.ofService(service);
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  @Override
  public List<String> warnings(Document service, @Nullable Document old) {
    return ServiceWarnings.of(service);
  }

  @Override
  public List<String> statusWarnings(Document service) {
    return LoadBalancerStatus.warnings(service);
  }
}
