package dev.fairlead.api.schema.extract;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.CoreV1EventList;
import io.kubernetes.client.openapi.models.EventsV1EventList;
import io.kubernetes.client.openapi.models.V1APIGroupList;
import io.kubernetes.client.openapi.models.V1APIResourceList;
import io.kubernetes.client.openapi.models.V1APIVersions;
import io.kubernetes.client.openapi.models.V1Binding;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ControllerRevisionList;
import io.kubernetes.client.openapi.models.V1DaemonSetList;
import io.kubernetes.client.openapi.models.V1DeleteOptions;
import io.kubernetes.client.openapi.models.V1DeploymentList;
import io.kubernetes.client.openapi.models.V1EndpointSliceList;
import io.kubernetes.client.openapi.models.V1EndpointsList;
import io.kubernetes.client.openapi.models.V1Eviction;
import io.kubernetes.client.openapi.models.V1IPAddressList;
import io.kubernetes.client.openapi.models.V1IngressClassList;
import io.kubernetes.client.openapi.models.V1IngressList;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1LeaseList;
import io.kubernetes.client.openapi.models.V1LimitRangeList;
import io.kubernetes.client.openapi.models.V1LocalSubjectAccessReview;
import io.kubernetes.client.openapi.models.V1NamespaceList;
import io.kubernetes.client.openapi.models.V1NetworkPolicyList;
import io.kubernetes.client.openapi.models.V1NodeList;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudgetList;
import io.kubernetes.client.openapi.models.V1PodList;
import io.kubernetes.client.openapi.models.V1PodTemplateList;
import io.kubernetes.client.openapi.models.V1PriorityClassList;
import io.kubernetes.client.openapi.models.V1ReplicaSetList;
import io.kubernetes.client.openapi.models.V1ReplicationControllerList;
import io.kubernetes.client.openapi.models.V1ResourceQuotaList;
import io.kubernetes.client.openapi.models.V1Scale;
import io.kubernetes.client.openapi.models.V1SecretList;
import io.kubernetes.client.openapi.models.V1SelfSubjectAccessReview;
import io.kubernetes.client.openapi.models.V1SelfSubjectReview;
import io.kubernetes.client.openapi.models.V1SelfSubjectRulesReview;
import io.kubernetes.client.openapi.models.V1ServiceAccountList;
import io.kubernetes.client.openapi.models.V1ServiceCIDRList;
import io.kubernetes.client.openapi.models.V1ServiceList;
import io.kubernetes.client.openapi.models.V1StatefulSetList;
import io.kubernetes.client.openapi.models.V1Status;
import io.kubernetes.client.openapi.models.V1SubjectAccessReview;
import io.kubernetes.client.openapi.models.V1TokenReview;
import io.kubernetes.client.openapi.models.V1WatchEvent;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Scheduling;
import java.util.List;

/**
 * Where extraction starts: the lists of the served kinds and the types of the requests and answers
 * around them. Everything they reach is extracted too, so a new kind is one line here.
 *
 * @param model the client's model class
 * @param message the same type's protobuf message
 */
record Roots(Class<?> model, Descriptor message) {

  static final List<Roots> ALL =
      List.of(
          core(V1NamespaceList.class, "NamespaceList"),
          core(V1NodeList.class, "NodeList"),
          core(V1PodList.class, "PodList"),
          core(V1ServiceList.class, "ServiceList"),
          core(V1EndpointsList.class, "EndpointsList"),
          core(CoreV1EventList.class, "EventList"),
          core(CoreV1Event.class, "Event"),
          core(V1ConfigMapList.class, "ConfigMapList"),
          core(V1SecretList.class, "SecretList"),
          core(V1ServiceAccountList.class, "ServiceAccountList"),
          core(V1ReplicationControllerList.class, "ReplicationControllerList"),
          core(V1PodTemplateList.class, "PodTemplateList"),
          core(V1Binding.class, "Binding"),
          core(V1LimitRangeList.class, "LimitRangeList"),
          core(V1ResourceQuotaList.class, "ResourceQuotaList"),
          root(V1DeploymentList.class, V1Apps.getDescriptor(), "DeploymentList"),
          root(V1ReplicaSetList.class, V1Apps.getDescriptor(), "ReplicaSetList"),
          root(V1StatefulSetList.class, V1Apps.getDescriptor(), "StatefulSetList"),
          root(V1DaemonSetList.class, V1Apps.getDescriptor(), "DaemonSetList"),
          root(V1ControllerRevisionList.class, V1Apps.getDescriptor(), "ControllerRevisionList"),
          root(V1EndpointSliceList.class, V1Discovery.getDescriptor(), "EndpointSliceList"),
          root(V1LeaseList.class, V1Coordination.getDescriptor(), "LeaseList"),
          networking(V1IngressList.class, "IngressList"),
          networking(V1IngressClassList.class, "IngressClassList"),
          networking(V1NetworkPolicyList.class, "NetworkPolicyList"),
          networking(V1IPAddressList.class, "IPAddressList"),
          networking(V1ServiceCIDRList.class, "ServiceCIDRList"),
          root(V1PriorityClassList.class, V1Scheduling.getDescriptor(), "PriorityClassList"),
          root(
              V1PodDisruptionBudgetList.class, V1Policy.getDescriptor(), "PodDisruptionBudgetList"),
          root(V1Eviction.class, V1Policy.getDescriptor(), "Eviction"),
          root(EventsV1EventList.class, V1Events.getDescriptor(), "EventList"),
          authentication(AuthenticationV1TokenRequest.class, "TokenRequest"),
          authentication(V1TokenReview.class, "TokenReview"),
          authentication(V1SelfSubjectReview.class, "SelfSubjectReview"),
          authorization(V1SelfSubjectAccessReview.class, "SelfSubjectAccessReview"),
          authorization(V1SelfSubjectRulesReview.class, "SelfSubjectRulesReview"),
          authorization(V1SubjectAccessReview.class, "SubjectAccessReview"),
          authorization(V1LocalSubjectAccessReview.class, "LocalSubjectAccessReview"),
          root(V1Scale.class, V1Autoscaling.getDescriptor(), "Scale"),
          meta(V1Status.class, "Status"),
          meta(V1DeleteOptions.class, "DeleteOptions"),
          meta(V1WatchEvent.class, "WatchEvent"),
          meta(V1LabelSelector.class, "LabelSelector"),
          meta(V1APIVersions.class, "APIVersions"),
          meta(V1APIGroupList.class, "APIGroupList"),
          meta(V1APIResourceList.class, "APIResourceList"));

  private static Roots core(Class<?> model, String message) {
    return root(model, V1.getDescriptor(), message);
  }

  private static Roots networking(Class<?> model, String message) {
    return root(model, V1Networking.getDescriptor(), message);
  }

  private static Roots authentication(Class<?> model, String message) {
    return root(model, V1Authentication.getDescriptor(), message);
  }

  private static Roots authorization(Class<?> model, String message) {
    return root(model, V1Authorization.getDescriptor(), message);
  }

  private static Roots meta(Class<?> model, String message) {
    return root(model, Meta.getDescriptor(), message);
  }

  private static Roots root(Class<?> model, FileDescriptor file, String message) {
    Descriptor found = file.findMessageTypeByName(message);
    if (found == null) {
      throw new IllegalStateException("no message " + message + " in " + file.getName());
    }
    return new Roots(model, found);
  }
}
