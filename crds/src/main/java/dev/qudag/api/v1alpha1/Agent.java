package dev.qudag.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One AI coding agent: an image and a command that work on a task in a workspace of their own. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Plural("agents")
@Categories("qudag")
@ShortNames("qag")
@ValidationRule(
    value = "self.metadata.name.size() <= 48",
    message =
        "the name of an Agent has at most 48 characters, its pods are named after it: choose a shorter name")
@ValidationRule(
    value = "has(self.spec.swarmRef)",
    message = "spec.swarmRef is required: name the Swarm that the Agent belongs to")
@ValidationRule(
    value = AgentSpec.RUN_FIELDS_KEPT,
    message =
        "run fields of an Agent are immutable except suspended: delete the Agent and make a new one")
@AdditionalPrinterColumn(name = "Swarm", jsonPath = ".spec.swarmRef.name")
@AdditionalPrinterColumn(name = "Role", jsonPath = ".spec.role")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ApiGroup.READY)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ApiGroup.REASON)
@AdditionalPrinterColumn(name = "Proposals", jsonPath = ".status.proposals.summary")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class Agent extends CustomResource<AgentSpec, AgentStatus> implements Namespaced {
  @Override
  protected AgentSpec initSpec() {
    return null;
  }

  @Override
  protected AgentStatus initStatus() {
    return null;
  }
}
