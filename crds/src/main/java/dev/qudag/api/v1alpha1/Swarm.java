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

/** A repository, the validators that guard its branch, and the agents that work on it. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Plural("swarms")
@Categories("qudag")
@ShortNames("qsw")
@ValidationRule(
    value = "self.metadata.name.size() <= 24",
    message =
        "the name of a Swarm has at most 24 characters, what it makes is named after it: choose a shorter name")
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z][a-z0-9-]*$')",
    message =
        "the name of a Swarm begins with a letter and has only a-z, 0-9 and -: choose another name")
@AdditionalPrinterColumn(name = "Agents", jsonPath = ".status.summary.agents")
@AdditionalPrinterColumn(name = "Validators", jsonPath = ".status.summary.validators")
@AdditionalPrinterColumn(name = "Head", jsonPath = ".status.head")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ApiGroup.READY)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ApiGroup.REASON)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class Swarm extends CustomResource<SwarmSpec, SwarmStatus> implements Namespaced {
  @Override
  protected SwarmSpec initSpec() {
    return null;
  }

  @Override
  protected SwarmStatus initStatus() {
    return null;
  }
}
